import type { Context } from '#lib/platform/command/context.ts';
import { PERMISSIONS } from '#lib/platform/access/roles.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, type Texts } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { stateOf } from './rules.ts';
import type { CentrePart, GroupPart, TargetChange, TargetNumbers, TargetSheet } from './types.ts';

/** A target of the country with its numbers, within the section; undefined where there is none. */
export async function findTarget(
	{ db, scope }: Context,
	id: string
): Promise<(Row<'target'> & { numbers: TargetNumbers }) | undefined> {
	const row = await db
		.selectFrom('target')
		.selectAll()
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.where('centre_id', 'is', null)
		.executeTakeFirst();
	if (!row) return undefined;
	const opening = await db
		.selectFrom('opening_balance')
		.select(['amount', 'as_of', 'source_texts'])
		.where('target_id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return {
		...row,
		numbers: {
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			amount: row.amount,
			opening: opening
				? {
						amount: opening.amount,
						asOf: opening.as_of,
						source: JSON.parse(opening.source_texts) as Texts
					}
				: null
		}
	};
}

/** The numbers a form brought; the source of an opening balance is in the reader's language, beside what it is in others. */
export function typedNumbers(
	typed: {
		startsOn: string;
		endsOn: string;
		amount: number;
		openingAmount?: number;
		openingAsOf?: string;
		openingSource?: string;
	},
	locale: Locale,
	before?: TargetNumbers
): TargetNumbers {
	const { startsOn, endsOn, amount, openingAmount, openingAsOf, openingSource } = typed;
	return {
		...{ startsOn, endsOn, amount },
		opening:
			openingAmount === undefined
				? null
				: {
						amount: openingAmount,
						asOf: openingAsOf ?? null,
						source: { ...before?.opening?.source, [locale]: openingSource! }
					}
	};
}

/** A target with its parts and its history; undefined where there is none of the section. */
export async function getTarget(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<TargetSheet | undefined> {
	const target = await findTarget(ctx, id);
	if (!target) return undefined;
	return {
		id,
		...target.numbers,
		names: JSON.parse(target.name_texts) as Texts,
		definitions: JSON.parse(target.definition_texts) as Texts,
		indicatorId: target.indicator_id,
		projectIds: await listProjectIds(ctx, id),
		version: target.version,
		isExample: target.is_example === 1,
		parts: await listParts(ctx, id, locale),
		groups: await listGroups(ctx, id),
		changes: await listChanges(ctx, id)
	};
}

async function listProjectIds({ db, scope }: Context, targetId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('project_target')
		.select('project_id')
		.where('target_id', '=', targetId)
		.where('section_id', '=', scope.sectionId)
		.execute();
	return rows.map(({ project_id }) => project_id);
}

/** Every centre of the section with its part of a target, by name. */
export async function listParts(
	{ db, scope }: Context,
	targetId: string,
	locale: Locale
): Promise<CentrePart[]> {
	const rows = await db
		.selectFrom('centre')
		.leftJoin('target as part', (join) =>
			join.onRef('part.centre_id', '=', 'centre.id').on('part.parent_id', '=', targetId)
		)
		.select(['centre.id', 'centre.name_texts', 'part.amount'])
		.where('centre.section_id', '=', scope.sectionId)
		.execute();
	return rows
		.map(({ id, name_texts, amount }) => ({
			...{ centreId: id, name: textIn(name_texts, locale), amount }
		}))
		.sort(byName(locale));
}

async function listGroups({ db, scope }: Context, targetId: string): Promise<GroupPart[]> {
	const rows = await db
		.selectFrom('target_group')
		.selectAll()
		.where('target_id', '=', targetId)
		.where('section_id', '=', scope.sectionId)
		.orderBy('sex')
		.orderBy('age_from')
		.orderBy('population_group')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		sex: row.sex,
		ageFrom: row.age_from,
		ageTo: row.age_to,
		populationGroup: row.population_group,
		amount: row.amount
	}));
}

/** What was changed of a target's numbers, newest first. */
async function listChanges(
	{ db, ring, scope, actor }: Context,
	targetId: string
): Promise<TargetChange[]> {
	const rows = await db
		.selectFrom('target_change as change')
		.innerJoin('account as by', 'by.id', 'change.proposed_by')
		.leftJoin('account as with', 'with.id', 'change.confirmed_by')
		.selectAll('change')
		.select([
			'by.name_sealed as by_sealed',
			'with.id as with_id',
			'with.name_sealed as with_sealed'
		])
		.where('change.target_id', '=', targetId)
		.where('change.section_id', '=', scope.sectionId)
		.orderBy('change.proposed_at', 'desc')
		.orderBy('change.id', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		state: stateOf(row),
		old: JSON.parse(row.old_numbers) as TargetNumbers,
		new: JSON.parse(row.new_numbers) as TargetNumbers,
		reason: row.reason,
		proposedBy: openAccountName(ring, { id: row.proposed_by, name_sealed: row.by_sealed }),
		isOwn: row.proposed_by === actor.accountId,
		proposedAt: row.proposed_at,
		confirmedBy:
			row.with_id && row.with_sealed
				? openAccountName(ring, { id: row.with_id, name_sealed: row.with_sealed })
				: null,
		confirmedAt: row.confirmed_at
	}));
}

/** Whether somebody else of the section can log in and may set targets: a change of numbers waits for them. */
export async function hasOtherSetter({ db, scope, actor }: Context): Promise<boolean> {
	const row = await db
		.selectFrom('account')
		.innerJoin('account_role as held', 'held.account_id', 'account.id')
		.select('account.id')
		.where('account.section_id', '=', scope.sectionId)
		.where('account.id', '<>', actor.accountId)
		.where('account.disabled_at', 'is', null)
		.where('account.password_hash', '<>', NO_PASSWORD)
		.where('held.role', 'in', [...PERMISSIONS['set targets']])
		.executeTakeFirst();
	return row !== undefined;
}
