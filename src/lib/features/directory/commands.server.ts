import type { z } from 'zod';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { namesIn, textsIn } from '#lib/platform/forms/fields.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { helpForm } from './forms.ts';

type Typed = z.output<typeof helpForm>;
export type HelpRefusal = { reason: 'not_found' | 'centre' };

const FIELDS = [
	...['kind', 'audience', 'centre_id', 'name_texts', 'purpose_texts', 'hours_texts'],
	...['place_texts', 'phone', 'chat', 'languages', 'position']
];

/** Adds somebody to turn to. Nobody has tried it yet, until somebody says so. */
export function addHelpEntry(
	ctx: Context,
	input: Typed,
	once: string
): Promise<Outcome<{ id: string }, HelpRefusal | KeyReused>> {
	return command(ctx, { name: 'add help entry', once, input }, async ({ ctx, refuse, audit }) => {
		if (!(await isOfSection(ctx, input.centre))) refuse({ reason: 'centre' });
		const id = newId();
		await ctx.db
			.insertInto('help_entry')
			.values({ id, section_id: ctx.scope.sectionId, ...columnsOf(input) })
			.execute();
		await audit({
			action: 'add help entry',
			objectType: 'help_entry',
			objectId: id,
			fields: FIELDS
		});
		return { id };
	});
}

/** Changes an entry. Another way to reach them is one nobody has tried, whatever the entry came from. */
export function saveHelpEntry(
	ctx: Context,
	{ id, ...input }: Typed & { id: string },
	once: string
): Promise<Outcome<null, HelpRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'save help entry', once, input: { id, ...input } },
		async ({ ctx, refuse, audit }) => {
			const before = await entry(ctx, id);
			if (!before) return refuse({ reason: 'not_found' });
			if (!(await isOfSection(ctx, input.centre))) refuse({ reason: 'centre' });
			const after = columnsOf(input);
			const isElsewhere = WAYS.some((way) => (before[way] ?? null) !== after[way]);
			const untried = { verified_on: null, verified_by: null, source_texts: null };
			await ctx.db
				.updateTable('help_entry')
				.set({ ...after, ...(isElsewhere ? untried : {}) })
				.where('id', '=', id)
				.execute();
			await audit({
				action: 'save help entry',
				objectType: 'help_entry',
				objectId: id,
				fields: isElsewhere ? [...FIELDS, ...Object.keys(untried)] : FIELDS
			});
			return null;
		}
	);
}

/** Somebody rang the number, wrote or went there today, in the section's own day, and was answered. */
export function verifyHelpEntry(
	ctx: Context,
	input: { id: string },
	once: string
): Promise<Outcome<null, HelpRefusal | KeyReused>> {
	return command(ctx, { name: 'verify help entry', once, input }, async (work) => {
		const { ctx, refuse, audit } = work;
		const section = await ctx.db
			.selectFrom('section')
			.select('zone')
			.where('id', '=', ctx.scope.sectionId)
			.executeTakeFirstOrThrow();
		const { numUpdatedRows } = await ctx.db
			.updateTable('help_entry')
			.set({ verified_on: dateIn(section.zone, ctx.now), verified_by: ctx.actor.accountId })
			.where('id', '=', input.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.executeTakeFirst();
		if (numUpdatedRows === 0n) refuse({ reason: 'not_found' });
		await audit({
			action: 'verify help entry',
			objectType: 'help_entry',
			objectId: input.id,
			fields: ['verified_on', 'verified_by']
		});
		return null;
	});
}

/** Takes an entry off the list. */
export function removeHelpEntry(
	ctx: Context,
	input: { id: string },
	once: string
): Promise<Outcome<{ undo: string }, HelpRefusal | KeyReused>> {
	return command(ctx, { name: 'remove help entry', once, input }, async (work) => {
		const { ctx, refuse, audit } = work;
		const removed = await ctx.db
			.deleteFrom('help_entry')
			.where('id', '=', input.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.returningAll()
			.executeTakeFirst();
		if (!removed) return refuse({ reason: 'not_found' });
		await audit({
			action: 'remove help entry',
			objectType: 'help_entry',
			objectId: input.id,
			fields: []
		});
		return { undo: await keepUndo(ctx, 'remove help entry', removed) };
	});
}

/** Puts a removed entry back on the list, as it was. */
export const putBackHelpEntry: Restore<Row<'help_entry'>> = async (
	{ ctx, audit, inTheWay },
	removed
) => {
	const { numInsertedOrUpdatedRows } = await ctx.db
		.insertInto('help_entry')
		.values(removed)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (!numInsertedOrUpdatedRows) inTheWay();
	await audit({
		action: 'undo remove help entry',
		objectType: 'help_entry',
		objectId: removed.id,
		fields: []
	});
};

/** How they are reached. */
const WAYS = ['phone', 'chat', 'place_texts'] as const;

function columnsOf(input: Typed) {
	return {
		...{ kind: input.kind, audience: input.audience, centre_id: input.centre ?? null },
		name_texts: textsJson(namesIn(input)),
		purpose_texts: textsJson(textsIn('purpose', input)),
		hours_texts: textsJson(textsIn('hours', input)),
		place_texts: textsJson(textsIn('place', input)),
		...{ phone: input.phone ?? null, chat: input.chat ?? null },
		...{ languages: input.languages.join(','), position: input.position }
	};
}

function entry({ db, scope }: Context, id: string) {
	return db
		.selectFrom('help_entry')
		.select(WAYS)
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
}

/** Whether a centre is one of the section; none is the section itself. */
async function isOfSection({ db, scope }: Context, centreId: string | undefined): Promise<boolean> {
	if (centreId === undefined) return true;
	const centre = await db
		.selectFrom('centre')
		.select('id')
		.where('id', '=', centreId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return centre !== undefined;
}
