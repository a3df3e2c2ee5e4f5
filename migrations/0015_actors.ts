import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * An account holds a set of roles, each for the whole section or at centres, in place of one role and a list of
 * centres. What is audited and what a form's key belongs to says what kind of actor it was; a child has no id there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, ROLES)) await sql.raw(statement).execute(db);
	await rebuildTable(db, { create: AUDIT, copy: { actor_kind: `'staff'` } });
	await rebuildTable(db, { create: ONCE, copy: { actor_kind: `'staff'` } });
}

/** Who worked at centres and had none reached nothing; without a role the account still does. */
const ROLES = `
create table account_role (
	account_id text not null references account (id),
	role text not null,
	section_id text,
	centre_id text,
	body_id text,
	check (section_id is not null or centre_id is null),
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, body_id) references body (section_id, id)
);
create unique index account_role_once on account_role (account_id, role, coalesce(centre_id, ''));
create index account_role_by_centre on account_role (centre_id);

insert into account_role (account_id, role, section_id, centre_id)
select account.id, account.role, account.section_id, place.centre_id
from account inner join account_centre as place on place.account_id = account.id
where account.role in ('facilitator', 'coordinator');

insert into account_role (account_id, role, section_id)
select id, role, section_id from account where role not in ('facilitator', 'coordinator');

drop table account_centre;
alter table account drop column role
`;

const AUDIT = `
create table audit (
	seq COUNTER,
	at INSTANT not null,
	section_id text,
	actor_kind text not null,
	actor_id text,
	action text not null,
	object_type text not null,
	object_id text not null,
	field_names text not null,
	check ((actor_kind = 'card') = (actor_id is null))
)`;

const ONCE = `
create table once (
	actor_kind text not null,
	actor_id text not null,
	key text not null,
	command text not null,
	input_mac text not null,
	outcome text not null,
	at INSTANT not null,
	primary key (actor_kind, actor_id, key)
)`;
