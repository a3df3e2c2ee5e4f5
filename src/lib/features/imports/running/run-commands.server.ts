import { addPeople, comparePeopleAgain } from '#lib/features/people/commands.server.ts';
import { codeIndexOf, nameKeyRows, nameKeysOf } from '#lib/features/people/name-keys.server.ts';
import { openName, sealName, sealOf } from '#lib/features/people/queries.server.ts';
import type { Language, NewPerson, PopulationGroup } from '#lib/features/people/types.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import type { JudgedCohort, JudgedPerson } from '../matching/judged.ts';
import { rowsOf, type Done } from './ledger.server.ts';
import type { PersonRow } from '../reading/parsing.ts';
import { goesOn, placesFor } from '../rules.ts';
import type { ComingCohort, ImportKind } from '../types.ts';

const AGES = { from: 6, to: 17 };

/** Writes the new people of a step, so that their subjects have ids, and what changed of those who are here. */
export async function writePeople(
	ctx: Context,
	rows: readonly JudgedPerson[],
	today: string
): Promise<Done[]> {
	const fresh = rows.filter(
		({ row, subject, isRepeat }) => row && subject?.id === null && !isRepeat
	) as (JudgedPerson & { row: PersonRow })[];
	const ids = await addPeople(
		ctx,
		fresh.map(({ row, cohort }) => asNewPerson(row, cohort, today))
	);
	for (const [at, id] of ids.entries()) fresh[at]!.subject!.id = id;
	const changed = rows.filter(({ set }) => Object.keys(set).length > 0);
	const keys = changed.map(({ subject }) => [subject!.id!]);
	const before = await rowsOf(ctx, 'person', keys);
	await changePeople(ctx, changed);
	return [
		{ table: 'person', keys: ids.map((id) => [id]) },
		{ table: 'person', keys, before }
	];
}

function asNewPerson(row: PersonRow, cohort: Row<'cohort'> | null, today: string): NewPerson {
	return {
		centreId: row.centreId,
		isStaff: cohort?.audience === 'staff',
		name: row.name,
		sex: row.sex!,
		birthYear: row.birthYear!,
		populationGroup: row.group as PopulationGroup | null,
		language: row.language as Language | null,
		code: row.number,
		addedOn: today
	};
}

async function changePeople(ctx: Context, changed: readonly JudgedPerson[]): Promise<void> {
	if (changed.length === 0) return;
	const { ring, scope } = ctx;
	const sets = new Map(changed.map(({ subject, set }) => [subject!.id!, set]));
	const rows = await ctx.db
		.selectFrom('person')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', [...sets.keys()])
		.execute();
	const after = rows.map((row): NewRow<'person'> => {
		const { name, code, ...columns } = sets.get(row.id)!;
		return {
			...row,
			...columns,
			...(name !== undefined && {
				name_sealed: sealName(ring, row.id, name),
				name_key: nameKeysOf(ring, scope.sectionId, name).whole ?? ''
			}),
			...(code !== undefined && {
				code_index: codeIndexOf(ring, scope.sectionId, code),
				code_sealed: sealOf(ring, row.id, 'code_sealed', code)
			}),
			version: row.version + 1
		};
	});
	await ctx.db
		.insertInto('person')
		.values(after)
		.onConflict((conflict) =>
			conflict.column('id').doUpdateSet((eb) => ({
				name_sealed: eb.ref('excluded.name_sealed'),
				name_key: eb.ref('excluded.name_key'),
				sex: eb.ref('excluded.sex'),
				birth_year: eb.ref('excluded.birth_year'),
				population_group: eb.ref('excluded.population_group'),
				language: eb.ref('excluded.language'),
				code_index: eb.ref('excluded.code_index'),
				code_sealed: eb.ref('excluded.code_sealed'),
				version: eb.ref('excluded.version')
			}))
		)
		.execute();
	await comparePeopleAgain(ctx, [...sets.keys()]);
	await renewNameKeys(
		ctx,
		[...sets].flatMap(([id, { name }]) => (name === undefined ? [] : [id]))
	);
}

/** Lets people be found by the names they have now. */
export async function renewNameKeys(ctx: Context, personIds: readonly string[]): Promise<void> {
	if (personIds.length === 0) return;
	await comparePeopleAgain(ctx, personIds);
	const { ring, scope } = ctx;
	const people = await ctx.db
		.selectFrom('person')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', scope.sectionId)
		.where('name_key', 'is not', null)
		.where('id', 'in', personIds)
		.execute();
	await ctx.db.deleteFrom('person_name_key').where('person_id', 'in', personIds).execute();
	const rows = people.flatMap(({ id, name_sealed }) =>
		nameKeyRows(
			scope.sectionId,
			id,
			nameKeysOf(ring, scope.sectionId, openName(ring, id, name_sealed))
		)
	);
	if (rows.length > 0) await ctx.db.insertInto('person_name_key').values(rows).execute();
}

/** Makes groups that rows of people or of a register name and that are not here. */
export async function makeCohorts(
	ctx: Context,
	comings: readonly ComingCohort[],
	{ kind, today }: { kind: ImportKind; today: string }
): Promise<Row<'cohort'>[]> {
	const rows = comings.map((coming): Row<'cohort'> => ({
		id: newId(),
		section_id: ctx.scope.sectionId,
		centre_id: coming.centreId,
		name_texts: nameTexts(ctx, coming.name),
		audience: 'children',
		age_from: coming.ageFrom ?? AGES.from,
		age_to: coming.ageTo ?? AGES.to,
		capacity: placesFor(coming.rowCount),
		member_count: 0,
		status: kind === 'registers' && !goesOn(coming, today) ? 'closed' : 'open'
	}));
	if (rows.length > 0) await ctx.db.insertInto('cohort').values(rows).execute();
	return rows;
}

/** Writes the new and changed groups of a list of groups. */
export async function writeCohorts(ctx: Context, rows: readonly JudgedCohort[]): Promise<Done[]> {
	const fresh = rows.flatMap(({ row, verdict }): Row<'cohort'>[] => {
		if (!row || verdict !== 'new') return [];
		const { ageFrom, ageTo } = row;
		return [
			{
				id: newId(),
				section_id: ctx.scope.sectionId,
				centre_id: row.centreId,
				name_texts: nameTexts(ctx, row.name),
				audience: row.audience ?? 'children',
				age_from: ageFrom ?? Math.min(AGES.from, ageTo ?? AGES.from),
				age_to: ageTo ?? Math.max(AGES.to, ageFrom ?? AGES.to),
				capacity: row.capacity ?? placesFor(0),
				member_count: 0,
				status: 'open'
			}
		];
	});
	if (fresh.length > 0) await ctx.db.insertInto('cohort').values(fresh).execute();
	const changed = rows.filter(({ verdict }) => verdict === 'changed');
	const keys = changed.map(({ cohort }) => [cohort!.id]);
	const before = await rowsOf(ctx, 'cohort', keys);
	if (changed.length > 0)
		await ctx.db
			.insertInto('cohort')
			.values(changed.map(({ cohort, set }) => ({ ...cohort!, ...set })))
			.onConflict((conflict) =>
				conflict.column('id').doUpdateSet((eb) => ({
					age_from: eb.ref('excluded.age_from'),
					age_to: eb.ref('excluded.age_to'),
					capacity: eb.ref('excluded.capacity'),
					audience: eb.ref('excluded.audience')
				}))
			)
			.execute();
	return [
		{ table: 'cohort', keys: fresh.map(({ id }) => [id]) },
		{ table: 'cohort', keys, before }
	];
}

/** A name under the language it is written in, as far as letters tell. */
function nameTexts({ actor }: Context, name: string): string {
	const own = actor.kind === 'staff' ? actor.locale : 'en';
	const latin = own === 'ar' ? 'en' : own;
	return textsJson({ [/\p{Script=Arabic}/u.test(name) ? 'ar' : latin]: name });
}
