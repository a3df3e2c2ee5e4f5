import { sql } from 'kysely';
import { countPlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { lockCounts } from '#lib/features/counts/commands.server.ts';
import { forgetInLists } from '#lib/features/imports/forgetting.commands.server.ts';
import { listPlaces } from '#lib/features/people/places.queries.server.ts';
import { sealName } from '#lib/features/people/queries.server.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { isSqlite } from '#lib/platform/db/ddl.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import { forgetUndosAbout } from '#lib/platform/undo/undo.ts';
import { coarseBirthMonth, RULES } from './rules.ts';
import type { Erased } from './types.ts';

/** What stands where a name was, in registers of the past. */
const NOBODY = '—';

/** Throws when the database names people in a place nobody has said what becomes of: nobody may be erased by half. */
export async function checkRules(db: Db): Promise<void> {
	const without = (await listPlaces(db))
		.map(({ table, column }) => `${table}.${column}`)
		.filter((place) => !Object.hasOwn(RULES, place));
	if (without.length > 0)
		throw new Error(`What becomes of ${without.join(', ')} when somebody is erased?`);
}

/**
 * Erases people, who are one person with all that was merged into them, on the transaction it is given. Each row
 * becomes a new one that names nobody, and the old one is deleted: as long as anything refers to it the database
 * refuses, and nothing has happened. `today` is the civil date of the section.
 */
export async function eraseRows(
	ctx: Context,
	personIds: readonly string[],
	today: string
): Promise<Erased> {
	await checkRules(ctx.db);
	const people = await holdPeople(ctx, personIds);
	await lockCounts(ctx.db, ctx.scope.sectionId);
	const contactIds = await idsOfContacts(ctx, personIds);
	const undos = await forgetTyped(ctx, [...personIds, ...contactIds]);
	const lists = await forgetInLists(ctx, {
		personIds,
		rowIds: new Set([...personIds, ...contactIds])
	});
	await endMemberships(ctx, personIds, today);
	const newIds = await addNobodies(ctx, people, today);
	await forgetMergedRows(ctx, personIds, contactIds);
	const counts = await applyRules(ctx.db, newIds);
	await ctx.db.deleteFrom('person').where('id', 'in', personIds).execute();
	const named = ['guardian.person_id', 'guardian.linked_person_id'];
	const sum = (places: readonly string[]) =>
		places.reduce((total, place) => total + (counts.get(place) ?? 0), 0);
	const cares = ['caregiver.child_id', 'caregiver.caregiver_id'];
	const gone = [...counts.keys()].filter((place) => RULES[place] === 'goes');
	return {
		removed: {
			entries: people.length,
			contacts: sum(named.slice(0, 1)),
			contactOf: sum(named.slice(1)),
			cares: sum(cares),
			lists,
			undos,
			others: sum(gone) - sum([...named, ...cares])
		},
		staying: {
			marks: sum(['mark.person_id']),
			memberships: sum(['cohort_member.person_id']),
			published: sum(['published_person.person_id'])
		}
	};
}

/** Their rows, held until the transaction ends: nobody adds a mark or a contact meanwhile. */
async function holdPeople(
	{ db, scope }: Context,
	ids: readonly string[]
): Promise<Row<'person'>[]> {
	return db
		.selectFrom('person')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', ids)
		.orderBy('id')
		.$if(!isSqlite(db), (query) => query.forUpdate())
		.execute();
}

async function idsOfContacts({ db }: Context, ids: readonly string[]): Promise<string[]> {
	const rows = await db
		.selectFrom('guardian')
		.select('id')
		.where((eb) => eb.or([eb('person_id', 'in', ids), eb('linked_person_id', 'in', ids)]))
		.execute();
	return rows.map(({ id }) => id);
}

/** Ways back and kept forms hold what was typed. Answers how many there were. */
async function forgetTyped(ctx: Context, ids: readonly string[]): Promise<number> {
	const kept = await ctx.db
		.deleteFrom('kept_form')
		.where((eb) => eb.or(ids.map((id) => eb('path', 'like', `%${id}%`))))
		.returning('id')
		.execute();
	return kept.length + (await forgetUndosAbout(ctx, ids));
}

/** They leave with the day, which still counts; who was only to come is none. */
async function endMemberships(ctx: Context, ids: readonly string[], today: string): Promise<void> {
	const { db } = ctx;
	const open = await db
		.selectFrom('cohort_member')
		.select('cohort_id')
		.where('person_id', 'in', ids)
		.where('left_on', 'is', null)
		.execute();
	const places = new Map<string, number>();
	for (const { cohort_id } of open) places.set(cohort_id, (places.get(cohort_id) ?? 0) + 1);
	await db
		.deleteFrom('cohort_member')
		.where('person_id', 'in', ids)
		.where('joined_on', '>', today)
		.execute();
	await db
		.updateTable('cohort_member')
		.set({ left_on: addDays(today, 1) })
		.where('person_id', 'in', ids)
		.where('left_on', 'is', null)
		.execute();
	await countPlaces(ctx, places, -1);
}

/** Writes a row without a name for each of them, by random ids: no clock stands in one. Answers which is whose. */
async function addNobodies(
	ctx: Context,
	people: readonly Row<'person'>[],
	today: string
): Promise<Map<string, string>> {
	const ids = people.map(({ id }) => id);
	const newIds = new Map(ids.map((id) => [id, crypto.randomUUID()]));
	const days = [...(await daysOf(ctx.db, ids)), today];
	const carers = await markCarers(ctx.db, ids);
	const rootOf = rootsAmong(people);
	const carerRoots = new Set(
		people
			.filter(({ id, cared_for_someone }) => cared_for_someone || carers.has(id))
			.map(({ id }) => rootOf(id))
	);
	const rows = people.map((person): NewRow<'person'> => ({
		id: newIds.get(person.id)!,
		section_id: person.section_id,
		centre_id: person.centre_id,
		kind: person.kind,
		name_sealed: sealName(ctx.ring, newIds.get(person.id)!, NOBODY),
		name_key: '',
		sex: person.sex,
		birth_year: person.birth_year,
		birth_month: coarseBirthMonth(person.birth_month, days),
		birth_year_from_age: person.birth_year_from_age,
		population_group: person.population_group,
		merged_into: person.merged_into && (newIds.get(person.merged_into) ?? null),
		erased_on: today,
		cared_for_someone: carerRoots.has(rootOf(person.id)) ? 1 : 0
	}));
	await ctx.db.insertInto('person').values(rows).execute();
	return newIds;
}

/** Who each of these turned out to be, as far as that one is among them. */
function rootsAmong(people: readonly Row<'person'>[]): (id: string) => string {
	const into = new Map(people.map(({ id, merged_into }) => [id, merged_into]));
	return (id) => {
		let root = id;
		for (let next = into.get(root); next && into.has(next); next = into.get(root)) root = next;
		return root;
	};
}

/** The days an age of theirs may be counted on: of every session of theirs, or of a cohort of theirs. */
async function daysOf(db: Db, ids: readonly string[]): Promise<string[]> {
	const rows = await db
		.selectFrom('session')
		.select('on_date')
		.distinct()
		.where((eb) =>
			eb.or([
				eb('id', 'in', eb.selectFrom('mark').select('session_id').where('person_id', 'in', ids)),
				eb(
					'cohort_id',
					'in',
					eb.selectFrom('cohort_member').select('cohort_id').where('person_id', 'in', ids)
				)
			])
		)
		.execute();
	return rows.map(({ on_date }) => on_date);
}

/** Whoever cared for one of them is counted as a caregiver as before; answers which of them cared for somebody. */
async function markCarers(db: Db, ids: readonly string[]): Promise<Set<string>> {
	const cares = await db
		.selectFrom('caregiver')
		.leftJoin('person as carer', 'carer.id', 'caregiver.caregiver_id')
		.select(['caregiver.child_id', 'caregiver.caregiver_id', 'carer.merged_into'])
		.where((eb) => eb.or([eb('child_id', 'in', ids), eb('caregiver_id', 'in', ids)]))
		.execute();
	const others = cares
		.filter(({ child_id }) => ids.includes(child_id))
		.flatMap(({ caregiver_id, merged_into }) => [caregiver_id, merged_into ?? caregiver_id]);
	if (others.length > 0)
		await db
			.updateTable('person')
			.set({ cared_for_someone: 1 })
			.where('id', 'in', others)
			.execute();
	return new Set(cares.map(({ caregiver_id }) => caregiver_id));
}

/** What a merge could be taken apart with repeats contacts and registers, of others too: where one was a contact. */
async function forgetMergedRows(
	{ db, scope }: Context,
	ids: readonly string[],
	contactIds: readonly string[]
): Promise<void> {
	if (contactIds.length > 0)
		await db
			.deleteFrom('person_merge_row')
			.where('section_id', '=', scope.sectionId)
			.where('kind', 'in', ['guardian', 'linked'])
			.where('row_id', 'in', contactIds)
			.execute();
	await db
		.deleteFrom('person_merge_row')
		.where('merge_id', 'in', (eb) =>
			eb
				.selectFrom('person_merge')
				.select('id')
				.where((merge) => merge.or([merge('kept_id', 'in', ids), merge('merged_id', 'in', ids)]))
		)
		.execute();
}

/** Does with every place what its rule says; answers how many rows that was, by place. */
async function applyRules(
	db: Db,
	newIds: ReadonlyMap<string, string>
): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	const ids = [...newIds.keys()];
	for (const { table, column } of await listPlaces(db)) {
		const place = `${table}.${column}`;
		if (table === 'person') continue; // the rows without a name have it already
		const [into, where] = [sql.table(table), sql`${sql.ref(column)} in (${sql.join(ids)})`];
		const cases = [...newIds].map(([id, newId]) => sql`when ${id} then ${newId}`);
		const statement = {
			goes: sql`delete from ${into} where ${where}`,
			forgets: sql`update ${into} set ${sql.ref(column)} = null where ${where}`,
			stays: sql`update ${into} set ${sql.ref(column)} = case ${sql.ref(column)} ${sql.join(cases, sql` `)} end where ${where}`
		}[RULES[place]!];
		const { numAffectedRows } = await statement.execute(db);
		counts.set(place, Number(numAffectedRows ?? 0));
	}
	return counts;
}
