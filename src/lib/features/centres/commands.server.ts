import type { ExpressionBuilder } from 'kysely';
import type { z } from 'zod';
import { holds } from '#lib/platform/access/roles.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row, Tables } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { closedDayForm } from './forms.ts';
import { holidayRows, publicHolidays } from './holidays-seed.queries.server.ts';

export type ClosedDayRefusal = { reason: 'not_found' | 'country_only' };

/** Adds a day without sessions. A coordinator may close own centres only, never the country. */
export function addClosedDay(
	ctx: Context,
	input: z.output<typeof closedDayForm> & { locale: Locale },
	once: string
): Promise<Outcome<{ id: string; undo: string }, ClosedDayRefusal | KeyReused>> {
	return command(ctx, { name: 'add closed day', once, input }, async ({ ctx, refuse, audit }) => {
		if (!input.centre && ctx.scope.centreIds !== null) refuse({ reason: 'country_only' });
		if (input.centre && !(await isCentreInReach(ctx, input.centre)))
			refuse({ reason: 'not_found' });
		const id = newId();
		const day: Row<'closed_day'> = {
			id,
			section_id: ctx.scope.sectionId,
			centre_id: input.centre ?? null,
			on_date: input.date,
			name_texts: textsJson({ [input.locale]: input.name }),
			certainty: input.certainty,
			source: sourceOf(ctx)
		};
		await ctx.db.insertInto('closed_day').values(day).execute();
		await audit({
			action: 'add closed day',
			objectType: 'closed_day',
			objectId: id,
			fields: ['on_date', 'name_texts', 'certainty', 'centre_id']
		});
		return { id, undo: await keepUndo(ctx, 'add closed day', day) };
	});
}

/** Puts the public holidays of the section's country and a year on the list; those already there stay as they are. */
export function addPublicHolidays(
	ctx: Context,
	input: { year: number },
	once: string
): Promise<Outcome<{ count: number }, ClosedDayRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'add public holidays', once, input },
		async ({ ctx, refuse, audit }) => {
			if (ctx.scope.centreIds !== null) refuse({ reason: 'country_only' });
			const { country } = await ctx.db
				.selectFrom('section')
				.select('country')
				.where('id', '=', ctx.scope.sectionId)
				.executeTakeFirstOrThrow();
			const count = await seedHolidays(ctx.db, ctx.scope.sectionId, country, [input.year]);
			await audit({
				action: 'add public holidays',
				objectType: 'section',
				objectId: ctx.scope.sectionId,
				fields: ['on_date', 'name_texts', 'certainty']
			});
			return { count };
		}
	);
}

/** Writes the public holidays of some years for a section; part of a larger command. Answers how many are new. */
export async function seedHolidays(
	db: Db,
	sectionId: string,
	country: string,
	years: readonly number[]
): Promise<number> {
	const holidays = await Promise.all(years.map((year) => publicHolidays(country, year)));
	const days = await db
		.selectFrom('closed_day')
		.select('on_date')
		.where('section_id', '=', sectionId)
		.where('centre_id', 'is', null)
		.execute();
	const known = new Set(days.map(({ on_date }) => on_date));
	const rows = holidayRows(
		sectionId,
		holidays.flat().filter(({ date }) => !known.has(date))
	);
	if (rows.length === 0) return 0;
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('closed_day')
		.values(rows)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	return Number(numInsertedOrUpdatedRows ?? 0n);
}

/** Makes an expected day certain: from now on it is skipped. */
export function confirmClosedDay(
	ctx: Context,
	input: { id: string },
	once: string
): Promise<Outcome<{ undo: string }, ClosedDayRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'confirm closed day', once, input },
		async ({ ctx, refuse, audit }) => {
			const day = await ctx.db
				.selectFrom('closed_day')
				.selectAll()
				.where(changeable(ctx, input.id))
				.executeTakeFirst();
			if (!day) return refuse({ reason: 'not_found' });
			await ctx.db
				.updateTable('closed_day')
				.set({ certainty: 'confirmed' })
				.where('id', '=', day.id)
				.execute();
			await audit({
				action: 'confirm closed day',
				objectType: 'closed_day',
				objectId: input.id,
				fields: ['certainty']
			});
			return { undo: await keepUndo(ctx, 'confirm closed day', day) };
		}
	);
}

/** Takes a day off the list; sessions already planned stay where they are. */
export function removeClosedDay(
	ctx: Context,
	input: { id: string },
	once: string
): Promise<Outcome<{ undo: string }, ClosedDayRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'remove closed day', once, input },
		async ({ ctx, refuse, audit }) => {
			const removed = await ctx.db
				.deleteFrom('closed_day')
				.where(changeable(ctx, input.id))
				.returningAll()
				.executeTakeFirst();
			if (!removed) return refuse({ reason: 'not_found' });
			await audit({
				action: 'remove closed day',
				objectType: 'closed_day',
				objectId: input.id,
				fields: []
			});
			return { undo: await keepUndo(ctx, 'remove closed day', removed) };
		}
	);
}

/** Takes a day that was just added off the list again, unless it was changed since. */
export const takeOutClosedDay: Restore<Row<'closed_day'>> = async (
	{ ctx, audit, inTheWay },
	day
) => {
	const removed = await ctx.db
		.deleteFrom('closed_day')
		.where(changeable(ctx, day.id))
		.where('on_date', '=', day.on_date)
		.where('name_texts', '=', day.name_texts)
		.where('certainty', '=', day.certainty)
		.executeTakeFirst();
	if (!removed.numDeletedRows) inTheWay();
	await audit({
		action: 'undo add closed day',
		objectType: 'closed_day',
		objectId: day.id,
		fields: []
	});
};

/** Makes a day as uncertain as it was before it was confirmed. */
export const unconfirmClosedDay: Restore<Row<'closed_day'>> = async (
	{ ctx, audit, inTheWay },
	day
) => {
	const changed = await ctx.db
		.updateTable('closed_day')
		.set({ certainty: day.certainty })
		.where(changeable(ctx, day.id))
		.where('on_date', '=', day.on_date)
		.where('certainty', '=', 'confirmed')
		.executeTakeFirst();
	if (!changed.numUpdatedRows) inTheWay();
	await audit({
		action: 'undo confirm closed day',
		objectType: 'closed_day',
		objectId: day.id,
		fields: ['certainty']
	});
};

/** Puts a removed day back on the list, as it was. */
export const putBackClosedDay: Restore<Row<'closed_day'>> = async (
	{ ctx, audit, inTheWay },
	day
) => {
	const { centreIds } = ctx.scope;
	if (centreIds !== null && !centreIds.includes(day.centre_id ?? '')) inTheWay();
	const { numInsertedOrUpdatedRows } = await ctx.db
		.insertInto('closed_day')
		.values(day)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (!numInsertedOrUpdatedRows) inTheWay();
	await audit({
		action: 'undo remove closed day',
		objectType: 'closed_day',
		objectId: day.id,
		fields: []
	});
};

/** The role in which somebody closes a day. */
function sourceOf({ actor }: Context): string {
	const role = actor.roles.find((held) => holds(held.role, 'edit closed days'))?.role;
	return role ?? actor.kind;
}

/** One closed day the actor may change: any of the section for who sees it whole, else an own centre's. */
function changeable({ scope }: Context, id: string) {
	return (eb: ExpressionBuilder<Tables, 'closed_day'>) =>
		eb.and([
			eb('id', '=', id),
			eb('section_id', '=', scope.sectionId),
			...(scope.centreIds === null ? [] : [eb('centre_id', 'in', scope.centreIds)])
		]);
}

async function isCentreInReach(ctx: Context, id: string): Promise<boolean> {
	const centre = await ctx.db
		.selectFrom('centre')
		.select('id')
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.$if(ctx.scope.centreIds !== null, (query) => query.where('id', 'in', ctx.scope.centreIds!))
		.executeTakeFirst();
	return centre !== undefined;
}
