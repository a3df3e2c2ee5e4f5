import { sql, type Kysely } from 'kysely';
import { ddl } from '#lib/platform/db/ddl.ts';

/** A table that others, itself and a counter lean on, of every kind that a rebuild must carry over. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table place (
	id text primary key,
	name text not null,
	kind text not null check (kind in ('hall', 'yard')),
	seats integer,
	inside text references place (id),
	unique (kind, id)
);
create index place_by_name on place (name);
create unique index place_by_seats on place (seats, id);

create table visit (
	place_id text not null,
	kind text not null,
	number integer not null,
	primary key (place_id, number),
	foreign key (kind, place_id) references place (kind, id)
);

create table note (
	seq COUNTER,
	place_id text not null references place (id),
	words text not null
)
`;
