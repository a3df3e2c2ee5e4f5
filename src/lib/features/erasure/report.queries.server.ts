import { sql } from 'kysely';
import { listPlaces } from '#lib/features/people/places.queries.server.ts';
import { groupOf } from '#lib/features/sessions/words.ts';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { listRowsOf } from './family.queries.server.ts';
import type { AccessReport } from './types.ts';

/** Places the report tells of by itself, or that repeat what another tells; every other is told as a number of rows. */
const TOLD = [
	...['mark.person_id', 'cohort_member.person_id', 'guardian.person_id'],
	...['guardian.linked_person_id', 'caregiver.child_id', 'caregiver.caregiver_id'],
	...['person.merged_into', 'person_name_key.person_id', 'reached_person.person_id'],
	...['person_merge.kept_id', 'person_merge.merged_id', 'changed_person.person_id']
];

/**
 * All that is held about a person within reach, for themselves or who may ask for them: of the whole section, with no
 * name of anybody else. Of contact persons no number either: one of them must not learn another's. Nothing of
 * concerns is in it; what a group out of reach is called is not either.
 */
export async function readReport(
	ctx: Context,
	personId: string,
	locale: Locale
): Promise<AccessReport> {
	const { db } = ctx;
	const ids = await listRowsOf(db, personId);
	const contacts = await db
		.selectFrom('guardian')
		.select(['relation', 'contact_way', 'phone_sealed'])
		.where('person_id', 'in', ids)
		.orderBy('id')
		.execute();
	const changes = await db
		.selectFrom('audit')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('object_type', '=', 'person')
		.where('object_id', 'in', ids)
		.executeTakeFirstOrThrow();
	const counts = await countPlaces(ctx, ids);
	return {
		contacts: contacts.map(({ relation, contact_way, phone_sealed }) => ({
			...{ relation, contactWay: contact_way, hasPhone: phone_sealed !== null }
		})),
		contactOfCount: counts.get('guardian.linked_person_id') ?? 0,
		caredForCount: counts.get('caregiver.child_id') ?? 0,
		caresForCount: counts.get('caregiver.caregiver_id') ?? 0,
		entryCount: ids.length,
		changeCount: changes.count,
		memberships: await listMemberships(ctx, ids, locale),
		marks: await listMarks(ctx, ids, locale),
		others: [...counts].flatMap(([place, count]) =>
			count > 0 && !TOLD.includes(place) ? [{ table: place.split('.')[0]!, count }] : []
		)
	};
}

async function countPlaces({ db }: Context, ids: readonly string[]): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	for (const { table, column } of await listPlaces(db)) {
		const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}
			where ${sql.ref(column)} in (${sql.join(ids)})`.execute(db);
		counts.set(`${table}.${column}`, Number(rows[0]!.count));
	}
	return counts;
}

async function listMemberships(
	{ db, scope }: Context,
	ids: readonly string[],
	locale: Locale
): Promise<AccessReport['memberships']> {
	const rows = await db
		.selectFrom('cohort_member as member')
		.innerJoin('cohort', 'cohort.id', 'member.cohort_id')
		.select(['cohort.centre_id', 'cohort.name_texts', 'member.joined_on', 'member.left_on'])
		.where('member.person_id', 'in', ids)
		.orderBy('member.joined_on')
		.execute();
	return rows.map((row) => ({
		cohort: reachesCentre(scope, row.centre_id) ? textIn(row.name_texts, locale) : null,
		joinedOn: row.joined_on,
		leftOn: row.left_on
	}));
}

async function listMarks(
	{ db, scope }: Context,
	ids: readonly string[],
	locale: Locale
): Promise<AccessReport['marks']> {
	const rows = await db
		.selectFrom('mark')
		.innerJoin('session', 'session.id', 'mark.session_id')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select(['mark.code', 'session.on_date', 'session.centre_id'])
		.select(['session.title_texts as own_title_texts', 'cohort.name_texts as cohort_texts'])
		.where('mark.person_id', 'in', ids)
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.execute();
	return rows.map((row) => ({
		date: row.on_date,
		group: reachesCentre(scope, row.centre_id) ? groupOf(row, locale) : null,
		code: row.code as MarkCode
	}));
}
