import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeVersion } from './changes.commands.server.ts';
import type { groupChoice, groupForm, partsForm } from './forms.ts';
import { amountOf, readPasted, type KnownCentre, type ReadParts } from './paste.rules.ts';
import { findTarget, getTarget, listParts } from './queries.server.ts';
import { isSameGroup } from './rules.ts';
import type { PeopleGroup } from './types.ts';

export type PartsRefusal =
	| { reason: 'not_found' }
	| { reason: 'not_numbers'; centreIds: readonly string[] }
	| { reason: 'changed_meanwhile'; version: number };
export type PasteRefusal = { reason: 'not_found' | 'problems' };
export type GroupRefusal = { reason: 'not_found' | 'there_already' };

/** Gives each centre its part of a target; a blank one has none. They need not add up. */
export function setParts(
	ctx: Context,
	input: z.output<typeof partsForm> & { targetId: string; locale: Locale },
	once: string
): Promise<Outcome<{ id: string }, PartsRefusal | KeyReused>> {
	return command(ctx, { name: 'set target parts', once, input }, async ({ ctx, refuse, audit }) => {
		const target = await findTarget(ctx, input.targetId);
		if (!target) return refuse({ reason: 'not_found' });
		const centres = (await listParts(ctx, target.id, input.locale)).map(({ centreId }) => centreId);
		const typed = centres.map((centreId) => ({
			centreId,
			text: latinDigits(input.part[centreId] ?? '').trim()
		}));
		const amounts = typed.map(({ centreId, text }) => ({ centreId, amount: amountOf(text), text }));
		const wrong = amounts.filter(({ amount, text }) => text !== '' && amount === undefined);
		if (wrong.length > 0)
			refuse({ reason: 'not_numbers', centreIds: wrong.map(({ centreId }) => centreId) });
		if (!(await takeVersion(ctx, target.id, input.version)))
			refuse({ reason: 'changed_meanwhile', version: target.version });
		await writeParts(
			ctx,
			target,
			centres,
			amounts.flatMap(({ centreId, amount }) =>
				amount === undefined ? [] : [{ centreId, amount }]
			)
		);
		await audit({
			action: 'set target parts',
			objectType: 'target',
			objectId: target.id,
			fields: ['target']
		});
		return { id: target.id };
	});
}

/** What a pasted table says of the centres, or every problem at its line and column. Changes nothing. */
export async function previewParts(ctx: Context, table: string): Promise<ReadParts> {
	return readPasted(table, await knownCentres(ctx));
}

/** Gives the centres of a pasted table their parts, all or none; centres it does not name keep theirs. */
export function pasteParts(
	ctx: Context,
	input: { targetId: string; table: string },
	once: string
): Promise<Outcome<{ id: string; count: number }, PasteRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'paste target parts', once, input },
		async ({ ctx, refuse, audit }) => {
			const target = await findTarget(ctx, input.targetId);
			if (!target) return refuse({ reason: 'not_found' });
			const read = await previewParts(ctx, input.table);
			if (!read.ok) return refuse({ reason: 'problems' });
			await takeVersion(ctx, target.id, target.version);
			const named = read.parts.map(({ centreId }) => centreId);
			await writeParts(ctx, target, named, read.parts);
			await audit({
				action: 'paste target parts',
				objectType: 'target',
				objectId: target.id,
				fields: ['target']
			});
			return { id: target.id, count: read.parts.length };
		}
	);
}

/** Adds a part for some people. Refuses one that is there already for the same people. */
export function addGroup(
	ctx: Context,
	input: z.output<typeof groupForm> & { targetId: string; locale: Locale },
	once: string
): Promise<Outcome<{ id: string }, GroupRefusal | KeyReused>> {
	return command(ctx, { name: 'add target group', once, input }, async ({ ctx, refuse, audit }) => {
		const target = await getTarget(ctx, input.targetId, input.locale);
		if (!target) return refuse({ reason: 'not_found' });
		const group: PeopleGroup = {
			sex: input.sex ?? null,
			ageFrom: input.ageFrom ?? null,
			ageTo: input.ageTo ?? null,
			populationGroup: input.populationGroup?.toUpperCase() ?? null
		};
		if (target.groups.some((one) => isSameGroup(one, group))) refuse({ reason: 'there_already' });
		await takeVersion(ctx, target.id, target.version);
		await ctx.db
			.insertInto('target_group')
			.values({
				id: newId(),
				section_id: ctx.scope.sectionId,
				target_id: target.id,
				sex: group.sex,
				age_from: group.ageFrom,
				age_to: group.ageTo,
				population_group: group.populationGroup,
				amount: input.groupAmount
			})
			.execute();
		await audit({
			action: 'add target group',
			objectType: 'target',
			objectId: target.id,
			fields: ['target_group']
		});
		return { id: target.id };
	});
}

/** Takes a part for some people away. */
export function removeGroup(
	ctx: Context,
	input: z.output<typeof groupChoice> & { targetId: string },
	once: string
): Promise<Outcome<{ id: string }, GroupRefusal | KeyReused>> {
	return command(ctx, { name: 'remove group', once, input }, async ({ ctx, refuse, audit }) => {
		const target = await findTarget(ctx, input.targetId);
		if (!target) return refuse({ reason: 'not_found' });
		const removed = await ctx.db
			.deleteFrom('target_group')
			.where('id', '=', input.group)
			.where('target_id', '=', target.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.executeTakeFirst();
		if (!removed.numDeletedRows) refuse({ reason: 'not_found' });
		await takeVersion(ctx, target.id, target.version);
		await audit({
			action: 'remove target group',
			objectType: 'target',
			objectId: target.id,
			fields: ['target_group']
		});
		return { id: target.id };
	});
}

/** Puts parts in place of those of the centres named. */
async function writeParts(
	{ db, scope }: Context,
	target: NonNullable<Awaited<ReturnType<typeof findTarget>>>,
	centreIds: readonly string[],
	parts: readonly { centreId: string; amount: number }[]
): Promise<void> {
	if (centreIds.length > 0)
		await db
			.deleteFrom('target')
			.where('parent_id', '=', target.id)
			.where('section_id', '=', scope.sectionId)
			.where('centre_id', 'in', centreIds)
			.execute();
	await insertAll(
		db,
		'target',
		parts.map(({ centreId, amount }) => ({
			id: newId(),
			section_id: scope.sectionId,
			centre_id: centreId,
			parent_id: target.id,
			name_texts: target.name_texts,
			starts_on: target.starts_on,
			ends_on: target.ends_on,
			unit: target.unit,
			amount,
			is_example: target.is_example
		}))
	);
}

async function knownCentres({ db, scope }: Context): Promise<KnownCentre[]> {
	const rows = await db
		.selectFrom('centre')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	return rows.map(({ id, name_texts }) => ({
		id,
		names: Object.values(JSON.parse(name_texts) as Texts).filter((text) => text !== undefined)
	}));
}
