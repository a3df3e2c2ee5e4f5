import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import { MEASURES } from '#lib/platform/db/vocabularies.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { definitionsIn, type indicatorForm } from './forms.ts';

type IndicatorInput = z.output<typeof indicatorForm>;
export type IndicatorRefusal =
	| { reason: 'not_found' | 'name_missing' | 'definition_missing' | 'rule_in_use' }
	| { reason: 'changed_meanwhile'; version: number };

/** Adds an indicator to the section. */
export function addIndicator(
	ctx: Context,
	input: IndicatorInput,
	once: string
): Promise<Outcome<{ id: string }, IndicatorRefusal | KeyReused>> {
	return command(ctx, { name: 'add indicator', once, input }, async ({ ctx, refuse, audit }) => {
		const columns = columnsOf(input);
		if (typeof columns === 'string') return refuse({ reason: columns });
		const id = newId();
		await ctx.db
			.insertInto('indicator')
			.values({ id, section_id: ctx.scope.sectionId, ...columns })
			.execute();
		await audit({
			action: 'add indicator',
			objectType: 'indicator',
			objectId: id,
			fields: Object.keys(columns)
		});
		return { id };
	});
}

/**
 * Changes an indicator. Another rule or definition is another version of the rule. The rule itself stays once a
 * target points at it: its numbers would change their meaning behind it.
 */
export function editIndicator(
	ctx: Context,
	input: IndicatorInput & { indicatorId: string },
	once: string
): Promise<Outcome<{ id: string }, IndicatorRefusal | KeyReused>> {
	return command(ctx, { name: 'edit indicator', once, input }, async ({ ctx, refuse, audit }) => {
		const before = await ctx.db
			.selectFrom('indicator')
			.selectAll()
			.where('id', '=', input.indicatorId)
			.where('section_id', '=', ctx.scope.sectionId)
			.executeTakeFirst();
		if (!before) return refuse({ reason: 'not_found' });
		const columns = columnsOf(input);
		if (typeof columns === 'string') return refuse({ reason: columns });
		if (columns.measure !== before.measure && (await isUsed(ctx, before.id)))
			refuse({ reason: 'rule_in_use' });
		const means =
			columns.measure !== before.measure || columns.definition_texts !== before.definition_texts;
		const { numUpdatedRows } = await ctx.db
			.updateTable('indicator')
			.set({
				...columns,
				rule_version: before.rule_version + (means ? 1 : 0),
				version: before.version + 1
			})
			.where('id', '=', before.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.where('version', '=', input.version ?? 0)
			.executeTakeFirst();
		if (!numUpdatedRows) refuse({ reason: 'changed_meanwhile', version: before.version });
		await audit({
			action: 'edit indicator',
			objectType: 'indicator',
			objectId: before.id,
			fields: Object.keys(columns)
		});
		return { id: before.id };
	});
}

/** The words the few to start from are added with, by their rule. */
export type StarterWords = Record<(typeof MEASURES)[number], { names: Texts; definitions: Texts }>;

/** Adds an indicator for each rule that none has yet: a few to start from. */
export function addStarters(
	ctx: Context,
	words: StarterWords,
	once: string
): Promise<Outcome<{ count: number }, KeyReused>> {
	return command(ctx, { name: 'add indicators', once, input: {} }, async ({ ctx, audit }) => {
		const there = await ctx.db
			.selectFrom('indicator')
			.select('measure')
			.where('section_id', '=', ctx.scope.sectionId)
			.execute();
		const rows = MEASURES.filter((one) => there.every(({ measure }) => measure !== one)).map(
			(measure) => ({
				id: newId(),
				section_id: ctx.scope.sectionId,
				name_texts: textsJson(words[measure].names),
				definition_texts: textsJson(words[measure].definitions),
				measure,
				disaggregation: 'sex,age,group'
			})
		);
		await insertAll(ctx.db, 'indicator', rows);
		await audit({
			action: 'add indicators',
			objectType: 'section',
			objectId: ctx.scope.sectionId,
			fields: ['indicator']
		});
		return { count: rows.length };
	});
}

/** The columns of an indicator from its form, or why not. */
function columnsOf(input: IndicatorInput) {
	const names = namesIn(input);
	const definitions = definitionsIn(input);
	if (Object.keys(names).length === 0) return 'name_missing' as const;
	if (Object.keys(definitions).length === 0) return 'definition_missing' as const;
	return {
		name_texts: textsJson(names),
		definition_texts: textsJson(definitions),
		measure: input.measure,
		disaggregation: [...new Set(input.disaggregation)].join(','),
		activityinfo_code: input.activityinfo ?? null,
		iati_code: input.iati ?? null,
		dhis2_code: input.dhis2 ?? null
	};
}

async function isUsed({ db, scope }: Context, indicatorId: string): Promise<boolean> {
	const row = await db
		.selectFrom('target')
		.select('id')
		.where('indicator_id', '=', indicatorId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return row !== undefined;
}
