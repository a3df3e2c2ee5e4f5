import type { z } from 'zod';
import { recountTarget } from '#lib/features/counts/recount.commands.server.ts';
import { belongTo } from '#lib/features/projects/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { writeOpening } from './changes.commands.server.ts';
import { definitionsIn, type targetForm, type wordsForm } from './forms.ts';
import { findTarget, typedNumbers } from './queries.server.ts';

export type TargetRefusal =
	| { reason: 'not_found' | 'name_missing' | 'definition_missing' | 'indicator_unknown' }
	| { reason: 'project_unknown' }
	| { reason: 'changed_meanwhile'; version: number };

/** Makes a target of the country, and counts what the registers of its period hold already. */
export function addTarget(
	ctx: Context,
	input: z.output<typeof targetForm> & { locale: Locale },
	once: string
): Promise<Outcome<{ id: string }, TargetRefusal | KeyReused>> {
	return command(ctx, { name: 'add target', once, input }, async ({ ctx, refuse, audit }) => {
		const words = await wordsOf(ctx, input);
		if (typeof words === 'string') return refuse({ reason: words });
		const numbers = typedNumbers(input, input.locale);
		const id = newId();
		await ctx.db
			.insertInto('target')
			.values({
				id,
				section_id: ctx.scope.sectionId,
				centre_id: null,
				parent_id: null,
				...words,
				starts_on: numbers.startsOn,
				ends_on: numbers.endsOn,
				amount: numbers.amount,
				is_example: ctx.actor.kind === 'staff' && ctx.actor.isExample ? 1 : 0
			})
			.execute();
		await writeOpening(ctx, id, numbers.opening);
		if ((await belongTo(ctx, { kind: 'target', id }, input.project)) === 'unknown')
			refuse({ reason: 'project_unknown' });
		await audit({
			action: 'add target',
			objectType: 'target',
			objectId: id,
			fields: [
				...Object.keys(words),
				'starts_on',
				'ends_on',
				'amount',
				'opening_balance',
				'projects'
			]
		});
		await recountTarget(ctx.db, { sectionId: ctx.scope.sectionId, targetId: id });
		return { id };
	});
}

/**
 * Changes what a target is called, who counts, by which indicator and for which projects; with other projects it is
 * counted anew. Refuses when somebody else was first.
 */
export function describeTarget(
	ctx: Context,
	input: z.output<typeof wordsForm> & { targetId: string },
	once: string
): Promise<Outcome<{ id: string }, TargetRefusal | KeyReused>> {
	return command(ctx, { name: 'describe target', once, input }, async ({ ctx, refuse, audit }) => {
		const target = await findTarget(ctx, input.targetId);
		if (!target) return refuse({ reason: 'not_found' });
		const words = await wordsOf(ctx, input);
		if (typeof words === 'string') return refuse({ reason: words });
		const { numUpdatedRows } = await ctx.db
			.updateTable('target')
			.set((eb) => ({ ...words, version: eb('version', '+', 1) }))
			.where('id', '=', target.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.where('version', '=', input.version)
			.executeTakeFirst();
		if (!numUpdatedRows) refuse({ reason: 'changed_meanwhile', version: target.version });
		const isElsewhere = await belongTo(ctx, { kind: 'target', id: target.id }, input.project);
		if (isElsewhere === 'unknown') refuse({ reason: 'project_unknown' });
		await audit({
			action: 'describe target',
			objectType: 'target',
			objectId: target.id,
			fields: [...Object.keys(words), 'projects']
		});
		if (isElsewhere)
			await recountTarget(ctx.db, { sectionId: ctx.scope.sectionId, targetId: target.id });
		return { id: target.id };
	});
}

/** The columns of a target's words, or why not: who counts is said by the target or by its indicator. */
async function wordsOf(
	ctx: Context,
	input: Parameters<typeof namesIn>[0] &
		Parameters<typeof definitionsIn>[0] & { indicator?: string }
) {
	const names = namesIn(input);
	const definitions = definitionsIn(input);
	if (Object.keys(names).length === 0) return 'name_missing' as const;
	if (!input.indicator && Object.keys(definitions).length === 0)
		return 'definition_missing' as const;
	const indicator = input.indicator
		? await ctx.db
				.selectFrom('indicator')
				.select(['id', 'unit'])
				.where('id', '=', input.indicator)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst()
		: null;
	if (indicator === undefined) return 'indicator_unknown' as const;
	return {
		name_texts: textsJson(names),
		definition_texts: textsJson(definitions),
		indicator_id: indicator?.id ?? null
	};
}
