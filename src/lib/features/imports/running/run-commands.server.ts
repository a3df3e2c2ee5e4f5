import { addCohorts, overwriteCohorts } from '#lib/features/cohorts/rows.commands.server.ts';
import { addPeople } from '#lib/features/people/commands.server.ts';
import { codeIndexOf, nameKeysOf } from '#lib/features/people/name-keys.queries.server.ts';
import { sealName, sealOf } from '#lib/features/people/queries.server.ts';
import { overwritePeople, renewNameKeys } from '#lib/features/people/rows.commands.server.ts';
import type { Language, NewPerson, PopulationGroup } from '#lib/features/people/types.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import type { JudgedCohort, JudgedPerson } from '../matching/judged.ts';
import type { Done } from './ledger.server.ts';
import { rowsOf } from './ledger-rows.server.ts';
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
		birthMonth: row.birthMonth,
		isFromAge: row.ageOn !== null,
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
	const after = rows.map((row): Row<'person'> => {
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
	await overwritePeople(ctx, after);
	await renewNameKeys(
		ctx,
		[...sets].flatMap(([id, { name }]) => (name === undefined ? [] : [id]))
	);
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
		audience: coming.audience ?? 'children',
		age_from: coming.ageFrom ?? AGES.from,
		age_to: coming.ageTo ?? AGES.to,
		capacity: placesFor(coming.rowCount),
		member_count: 0,
		status: kind === 'registers' && !goesOn(coming, today) ? 'closed' : 'open'
	}));
	await addCohorts(ctx, rows);
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
	await addCohorts(ctx, fresh);
	const changed = rows.filter(({ verdict }) => verdict === 'changed');
	const keys = changed.map(({ cohort }) => [cohort!.id]);
	const before = await rowsOf(ctx, 'cohort', keys);
	await overwriteCohorts(
		ctx,
		changed.map(({ cohort, set }) => ({ ...cohort!, ...set }))
	);
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
