import { sql, type Kysely } from 'kysely';
import { ddl, isSqlite } from '../src/lib/platform/db/ddl.ts';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * Room for what comes: sessions without a cohort, a plan or a room; halves of a session; people who leave and come
 * back; several codes per session; wishes without a session; bodies of every kind in one table; targets in other
 * units; modules as rows; drafts. Vocabularies that grow are checked in code from here on
 * (`src/lib/platform/db/vocabularies.ts`). Decision 27.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await addBodies(db);
	await widenPeople(db);
	await widenCurricula(db);
	await widenCohorts(db);
	await widenSessions(db);
	await widenFeedback(db);
	await widenSteering(db);
	await widenImports(db);
}

async function run(db: Kysely<unknown>, script: string): Promise<void> {
	for (const statement of ddl(db, script)) await sql.raw(statement).execute(db);
}

/** What was a partner is a body, and known as a partner. */
async function addBodies(db: Kysely<unknown>): Promise<void> {
	await run(
		db,
		`create table body (
			id text primary key,
			section_id text not null references section (id),
			name_texts text not null,
			source_texts text,
			unique (section_id, id)
		);
		create table body_kind (
			body_id text not null,
			kind text not null,
			section_id text not null,
			primary key (body_id, kind),
			foreign key (section_id, body_id) references body (section_id, id)
		);
		insert into body (id, section_id, name_texts, source_texts)
			select id, section_id, name_texts, source_texts from partner;
		insert into body_kind (body_id, kind, section_id) select id, 'partner', section_id from partner`
	);
}

async function widenPeople(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table person (
			id text primary key,
			section_id text not null,
			centre_id text not null,
			kind text not null,
			name_sealed text not null,
			sex text not null check (sex in ('f', 'm', 'other')),
			birth_year integer not null,
			population_group text,
			code_index text,
			code_sealed text,
			birth_month integer check (birth_month between 1 and 12),
			language text,
			needs_sealed text,
			name_key text,
			merged_into text,
			version integer not null default 1,
			added_on text,
			account_id text,
			body_id text,
			unique (section_id, id),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, account_id) references account (section_id, id),
			foreign key (section_id, body_id) references body (section_id, id)
		)`
	});
	await rebuildTable(db, {
		create: `create table guardian (
			id text primary key,
			section_id text not null,
			person_id text not null,
			name_sealed text not null,
			relation text not null
				check (relation in ('mother', 'father', 'grandparent', 'sibling', 'relative', 'guardian', 'other')),
			phone_sealed text,
			contact_way text not null check (contact_way in ('call', 'message', 'visit', 'none')),
			safe_from text,
			safe_until text,
			version integer not null default 1,
			linked_person_id text,
			check (linked_person_id <> person_id),
			foreign key (section_id, person_id) references person (section_id, id),
			foreign key (section_id, linked_person_id) references person (section_id, id)
		)`
	});
	await rebuildTable(db, {
		create: `create table person_merge_row (
			merge_id text not null,
			kind text not null,
			row_id text not null,
			section_id text not null,
			kept_before text,
			merged_before text not null,
			primary key (merge_id, kind, row_id),
			foreign key (section_id, merge_id) references person_merge (section_id, id)
		)`
	});
	await run(
		db,
		`create unique index person_by_account on person (account_id);
		create index guardian_by_linked on guardian (linked_person_id)`
	);
}

/** Each name of a module within a version becomes a row, under the id of the first plan that bears it. */
async function widenCurricula(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table curriculum (
			id text primary key,
			section_id text not null references section (id),
			name_texts text not null,
			audience text not null,
			is_imported integer not null default 0 check (is_imported in (0, 1)),
			unique (section_id, id)
		)`
	});
	await rebuildTable(db, {
		create: `create table curriculum_version (
			id text primary key,
			section_id text not null,
			curriculum_id text not null,
			number integer not null,
			published_on text,
			unique (section_id, id),
			unique (curriculum_id, number),
			foreign key (section_id, curriculum_id) references curriculum (section_id, id)
		)`
	});
	await run(
		db,
		`create table curriculum_module (
			id text primary key,
			section_id text not null,
			version_id text not null,
			position integer not null,
			name_texts text not null,
			unique (section_id, id),
			unique (version_id, position),
			foreign key (section_id, version_id) references curriculum_version (section_id, id)
		);
		insert into curriculum_module (id, section_id, version_id, position, name_texts)
			select id, section_id, version_id, row_number() over (partition by version_id order by position), module_texts
			from session_plan as plan
			where module_texts <> '{}' and not exists (
				select 1 from session_plan as earlier
				where earlier.version_id = plan.version_id and earlier.module_texts = plan.module_texts
					and earlier.position < plan.position
			)`
	);
	await rebuildTable(db, {
		create: `create table session_plan (
			id text primary key,
			section_id text not null,
			version_id text not null,
			module_id text,
			position integer not null,
			title_texts text not null,
			minutes integer not null check (minutes between 5 and 720),
			picture text,
			unique (section_id, id),
			unique (version_id, position),
			foreign key (section_id, version_id) references curriculum_version (section_id, id),
			foreign key (section_id, module_id) references curriculum_module (section_id, id)
		)`,
		copy: {
			module_id: `(select module.of_id from
				(select id as of_id, version_id as of_version, name_texts from curriculum_module) as module
				where module.of_version = version_id and module.name_texts = module_texts)`
		},
		drop: ['module_texts']
	});
	await run(db, 'create index session_plan_by_module on session_plan (module_id)');
}

/**
 * Who ran a cohort did so from the first of its sessions they ran; where there is none, from no earlier than the day
 * they got their account.
 */
async function widenCohorts(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table cohort (
			id text primary key,
			section_id text not null,
			centre_id text not null,
			name_texts text not null,
			audience text not null,
			age_from integer not null,
			age_to integer not null,
			capacity integer not null check (capacity > 0),
			member_count integer not null check (member_count >= 0),
			status text not null check (status in ('open', 'closed')),
			unique (section_id, id),
			foreign key (section_id, centre_id) references centre (section_id, id)
		)`
	});
	await rebuildTable(db, {
		create: `create table cohort_member (
			cohort_id text not null,
			person_id text not null,
			section_id text not null,
			joined_on text not null,
			left_on text,
			strand text not null default '',
			primary key (cohort_id, person_id, joined_on),
			foreign key (section_id, cohort_id) references cohort (section_id, id),
			foreign key (section_id, person_id) references person (section_id, id)
		)`
	});
	const day = isSqlite(db)
		? `date(made_at / 1000, 'unixepoch')`
		: `to_char(to_timestamp(made_at / 1000) at time zone 'UTC', 'YYYY-MM-DD')`;
	await rebuildTable(db, {
		create: `create table cohort_facilitator (
			cohort_id text not null,
			account_id text not null,
			section_id text not null,
			from_on text not null,
			until_on text,
			strand text not null default '',
			primary key (cohort_id, account_id, from_on),
			foreign key (section_id, cohort_id) references cohort (section_id, id),
			foreign key (section_id, account_id) references account (section_id, id)
		)`,
		copy: {
			from_on: `coalesce(
				(select min(ran.on_date) from (
					select session.on_date, session.cohort_id as of_cohort, facilitator.account_id as of_account
					from session inner join session_facilitator as facilitator on facilitator.session_id = session.id
				) as ran where ran.of_cohort = cohort_id and ran.of_account = account_id),
				(select ${day} from (select id as of_account, created_at as made_at from account) as one
					where one.of_account = account_id))`
		}
	});
	await run(
		db,
		`create unique index cohort_member_now on cohort_member (cohort_id, person_id) where left_on is null;
		create unique index cohort_facilitator_now on cohort_facilitator (cohort_id, account_id) where until_on is null`
	);
}

async function widenSessions(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table cycle (
			id text primary key,
			section_id text not null,
			centre_id text not null,
			cohort_id text not null,
			version_id text not null,
			room_id text,
			weekdays text not null,
			start_time text not null,
			starts_on text not null,
			ends_on text not null,
			planned_by text not null,
			planned_at INSTANT not null,
			unique (section_id, id),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, cohort_id) references cohort (section_id, id),
			foreign key (section_id, version_id) references curriculum_version (section_id, id),
			foreign key (section_id, room_id) references room (section_id, id),
			foreign key (section_id, planned_by) references account (section_id, id)
		)`
	});
	await rebuildTable(db, {
		create: `create table session (
			id text primary key,
			section_id text not null,
			centre_id text not null,
			cohort_id text,
			cycle_id text,
			session_plan_id text,
			position integer,
			strand text not null default '',
			title_texts text,
			audience text,
			mode text not null default 'centre',
			room_id text,
			place_texts text,
			host_id text,
			on_date text not null,
			start_time text not null,
			minutes integer not null check (minutes between 5 and 720),
			zone text not null,
			status text not null,
			headcount integer check (headcount between 0 and 999),
			headcount_reason_sealed text,
			recorded_by text,
			recorded_at INSTANT,
			version integer not null,
			unique (section_id, id),
			unique (cycle_id, position, strand),
			check (status <> 'held' or recorded_at is not null),
			check (cycle_id is null or cohort_id is not null),
			check (cohort_id is not null or audience is not null),
			check (session_plan_id is not null or title_texts is not null),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, cohort_id) references cohort (section_id, id),
			foreign key (section_id, cycle_id) references cycle (section_id, id),
			foreign key (section_id, session_plan_id) references session_plan (section_id, id),
			foreign key (section_id, room_id) references room (section_id, id),
			foreign key (section_id, host_id) references body (section_id, id),
			foreign key (section_id, recorded_by) references account (section_id, id)
		)`
	});
}

/** The one code a session had bears the session's id. */
async function widenFeedback(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table feedback_code (
			id text primary key,
			session_id text not null,
			section_id text not null,
			number integer not null default 1 check (number > 0),
			audience text,
			code text not null unique,
			length text not null check (length in ('pulse', 'full')),
			opened_by text not null,
			opened_at INSTANT not null,
			closed_at INSTANT,
			started_count integer not null check (started_count >= 0),
			member_count integer check (member_count >= 0),
			fresh_on text,
			first_code text,
			unique (section_id, id),
			unique (session_id, number),
			foreign key (section_id, session_id) references session (section_id, id),
			foreign key (section_id, opened_by) references account (section_id, id)
		)`,
		copy: { id: 'session_id' }
	});
	const ofCode = { copy: { code_id: 'session_id' }, drop: ['session_id'] };
	await rebuildTable(db, {
		create: `create table feedback_vouch (
			code_id text primary key,
			section_id text not null,
			answered_count integer not null check (answered_count >= 0),
			vouched_by text not null,
			vouched_on text not null,
			foreign key (section_id, code_id) references feedback_code (section_id, id),
			foreign key (section_id, vouched_by) references account (section_id, id)
		)`,
		...ofCode
	});
	await rebuildTable(db, {
		create: `create table feedback_ballot (
			code_id text not null,
			id text not null,
			section_id text not null,
			state text not null check (state in ('open', 'sent', 'withdrawn')),
			answers_sealed text not null,
			version integer not null,
			primary key (code_id, id),
			foreign key (section_id, code_id) references feedback_code (section_id, id)
		)`,
		...ofCode
	});
	await rebuildTable(db, {
		create: `create table feedback_count (
			code_id text not null,
			form text not null,
			item text not null,
			answer text not null,
			section_id text not null,
			ballot_count integer not null check (ballot_count > 0),
			primary key (code_id, form, item, answer),
			foreign key (section_id, code_id) references feedback_code (section_id, id)
		)`,
		...ofCode
	});
	await rebuildTable(db, {
		create: `create table feedback_words (
			code_id text not null,
			id text not null,
			section_id text not null,
			form text not null,
			item text not null,
			words_sealed text not null,
			primary key (code_id, id),
			foreign key (section_id, code_id) references feedback_code (section_id, id)
		)`,
		...ofCode
	});
	await rebuildTable(db, {
		create: `create table concern (
			id text primary key,
			section_id text not null,
			kind text not null default 'child',
			session_id text,
			centre_id text,
			nickname_sealed text,
			raised_at INSTANT not null,
			taken_by text,
			taken_at INSTANT,
			closed_at INSTANT,
			foreign key (section_id, session_id) references session (section_id, id),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, taken_by) references account (section_id, id)
		)`,
		copy: {
			centre_id: `(select place.centre_id from (select id as of_session, centre_id from session) as place
				where place.of_session = session_id)`
		}
	});
}

async function widenSteering(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table target (
			id text primary key,
			section_id text not null references section (id),
			centre_id text,
			parent_id text,
			name_texts text not null,
			starts_on text not null,
			ends_on text not null,
			unit text not null default 'people',
			amount integer not null check (amount > 0),
			is_example integer not null check (is_example in (0, 1)),
			unique (section_id, id),
			check (ends_on >= starts_on),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, parent_id) references target (section_id, id)
		)`,
		copy: { amount: 'people_count' },
		drop: ['people_count']
	});
	await rebuildTable(db, {
		create: `create table opening_balance (
			id text primary key,
			section_id text not null,
			target_id text not null unique,
			unit text not null default 'people',
			amount integer not null check (amount > 0),
			as_of text,
			source_texts text not null,
			foreign key (section_id, target_id) references target (section_id, id)
		)`,
		copy: { amount: 'people_count' },
		drop: ['people_count']
	});
	const ofBody = { copy: { body_id: 'partner_id' }, drop: ['partner_id'] };
	await rebuildTable(db, {
		create: `create table milestone (
			id text primary key,
			section_id text not null,
			outcome_id text not null,
			position integer not null,
			kind text not null,
			name_texts text not null,
			starts_on text not null,
			due_on text not null,
			body_id text,
			from_children integer not null check (from_children in (0, 1)),
			source_texts text,
			is_example integer not null check (is_example in (0, 1)),
			reached_on text,
			evidence_texts text,
			confirmed_by text,
			closed_by text,
			closed_at INSTANT,
			version integer not null,
			unique (section_id, id),
			unique (outcome_id, position),
			check (due_on >= starts_on),
			check (source_texts is null or is_example = 0),
			check (reached_on is null or (evidence_texts is not null and confirmed_by is not null and closed_at is not null)),
			check (reached_on is not null or (closed_by is null and closed_at is null)),
			foreign key (section_id, outcome_id) references roadmap_outcome (section_id, id),
			foreign key (section_id, body_id) references body (section_id, id),
			foreign key (section_id, closed_by) references account (section_id, id)
		)`,
		...ofBody
	});
	await rebuildTable(db, {
		create: `create table activity (
			id text primary key,
			section_id text not null,
			milestone_id text not null,
			position integer not null,
			name_texts text not null,
			starts_on text not null,
			ends_on text not null,
			body_id text,
			unique (milestone_id, position),
			check (ends_on >= starts_on),
			foreign key (section_id, milestone_id) references milestone (section_id, id),
			foreign key (section_id, body_id) references body (section_id, id)
		)`,
		...ofBody
	});
	await run(db, 'drop table partner');
}

async function widenImports(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table import (
			id text primary key,
			section_id text not null,
			kind text not null,
			stage text not null
				check (stage in ('columns', 'checking', 'preview', 'running', 'done', 'undoing', 'undone')),
			file_name_sealed text,
			digest text not null,
			setup_sealed text not null,
			counts text not null,
			row_count integer not null,
			position integer not null,
			created_by text not null,
			created_at INSTANT not null,
			finished_at INSTANT,
			version integer not null,
			unique (section_id, id),
			foreign key (section_id, created_by) references account (section_id, id)
		)`
	});
	await rebuildTable(db, {
		create: `create table import_mapping (
			section_id text not null references section (id),
			kind text not null,
			fingerprint text not null,
			uses text not null,
			used_at INSTANT not null,
			primary key (section_id, kind, fingerprint)
		)`
	});
}
