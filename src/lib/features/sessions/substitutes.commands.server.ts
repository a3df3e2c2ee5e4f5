import type { z } from 'zod';
import { timesOf } from '#lib/platform/clock/days.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { substituteForm, takeBackForm } from './forms.ts';
import { mayOpen } from './queries.server.ts';
import { slotsOf } from './rules.ts';
import { insertSlots } from './slots.commands.server.ts';
import { findSubstitution, openingOf } from './substitutes.queries.server.ts';
import { groupOf } from './words.ts';

/** What a person runs already, from when until when in words; `cohort` is null where it is out of the asker's reach. */
export type Busy = { reason: 'busy'; time: string; cohort: string | null };
export type SubstituteRefusal = { reason: 'not_found' | 'changed' } | Busy;
export type TakeBackRefusal = { reason: 'not_found' | 'held' } | Busy;

/** A session as it changes hands. */
interface Held {
	id: string;
	date: string;
	time: string;
	minutes: number;
}

/**
 * Puts a colleague of the centre among those who run these sessions, in place of someone who is away.
 * `changed`: one of them is no longer that person's to run, or no longer planned; `busy`: the colleague
 * runs something else at that time. Of two who ask for the same colleague or session at once one is kept.
 */
export function nameSubstitute(
	ctx: Context,
	input: z.output<typeof substituteForm> & { sessionId: string },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionCount: number }, SubstituteRefusal | KeyReused>> {
	return command(ctx, { name: 'name substitute', once, input }, async ({ ctx, refuse, audit }) => {
		const wanted = { sessionId: input.sessionId, absentId: input.absent };
		const found = await findSubstitution(ctx, wanted, locale);
		if (!found?.absent || !found.colleagues.some(({ id }) => id === input.account))
			return refuse({ reason: 'not_found' });
		const sessions = found.sessions.filter(({ id }) => input.session.includes(id));
		if (sessions.length < new Set(input.session).size) refuse({ reason: 'changed' });
		const hands = { from: input.absent, to: input.account };
		const moved = await changeHands(ctx, sessions, hands, locale);
		if (moved !== 'done') refuse(moved);
		const rows = sessions.map((session) => {
			const { opensAt, closesAt } = openingOf(session);
			return {
				id: newId(),
				section_id: ctx.scope.sectionId,
				session_id: session.id,
				account_id: input.account,
				for_account_id: input.absent,
				opens_at: opensAt,
				closes_at: closesAt,
				made_by: ctx.actor.accountId,
				made_at: ctx.now,
				ended_at: null
			};
		});
		await ctx.db.insertInto('substitute').values(rows).execute();
		for (const { id } of rows)
			await audit({
				action: 'name substitute',
				objectType: 'substitute', // not the session: naming someone is not running it
				objectId: id,
				fields: ['session_id', 'account_id', 'for_account_id']
			});
		return { sessionCount: rows.length };
	});
}

/**
 * Gives a session back to who was away. Refused once it was held: who ran it stays who ran it. `busy`: who
 * was away runs something else at that time by now.
 */
export function takeSubstituteBack(
	ctx: Context,
	input: z.output<typeof takeBackForm>,
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ sessionId: string }, TakeBackRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'take substitute back', once, input },
		async ({ ctx, refuse, audit }) => {
			const row = await ctx.db
				.selectFrom('substitute')
				.innerJoin('session', 'session.id', 'substitute.session_id')
				.select(['session.id', 'session.on_date', 'session.start_time', 'session.minutes'])
				.select(['substitute.account_id', 'substitute.for_account_id'])
				.where('substitute.id', '=', input.id)
				.where('substitute.ended_at', 'is', null)
				.where(mayOpen(ctx))
				.$if(ctx.scope.centreIds !== null, (query) =>
					query.where('session.centre_id', 'in', ctx.scope.centreIds!)
				)
				.$if(ctx.scope.wholeCentreIds !== null, (query) =>
					query.where((eb) =>
						eb.or([
							eb('session.centre_id', 'in', ctx.scope.wholeCentreIds!),
							eb('substitute.for_account_id', '=', ctx.scope.accountId)
						])
					)
				)
				.executeTakeFirst();
			if (!row) return refuse({ reason: 'not_found' });
			const session = {
				id: row.id,
				date: row.on_date,
				time: row.start_time,
				minutes: row.minutes
			};
			const hands = { from: row.account_id, to: row.for_account_id };
			const moved = await changeHands(ctx, [session], hands, locale);
			if (moved !== 'done') refuse(moved.reason === 'changed' ? { reason: 'held' } : moved);
			await ctx.db
				.updateTable('substitute')
				.set({ ended_at: ctx.now })
				.where('id', '=', input.id)
				.execute();
			await audit({
				action: 'take substitute back',
				objectType: 'substitute',
				objectId: input.id,
				fields: ['ended_at']
			});
			return { sessionId: session.id };
		}
	);
}

/**
 * Puts one person in another's place at planned sessions of one date: in the list of who runs them and in
 * their five-minute slots. The sessions' rows are held first, so that nobody saves a register meanwhile.
 */
async function changeHands(
	ctx: Context,
	sessions: Held[],
	{ from, to }: { from: string; to: string },
	locale: Locale
): Promise<'done' | { reason: 'changed' } | Busy> {
	const ids = sessions.map(({ id }) => id);
	const held = await ctx.db
		.updateTable('session')
		.set({ status: 'planned' })
		.where('id', 'in', ids)
		.where('status', '=', 'planned')
		.executeTakeFirst();
	const left = await ctx.db
		.deleteFrom('session_facilitator')
		.where('session_id', 'in', ids)
		.where('account_id', '=', from)
		.executeTakeFirst();
	if (Number(held.numUpdatedRows) < ids.length || Number(left.numDeletedRows) < ids.length)
		return { reason: 'changed' };
	if (!(await moveSlots(ctx, sessions, { from, to }))) return inTheWay(ctx, sessions, to, locale);
	await ctx.db
		.insertInto('session_facilitator')
		.values(
			ids.map((session_id) => ({ session_id, account_id: to, section_id: ctx.scope.sectionId }))
		)
		.execute();
	return 'done';
}

/** The two people's slots are touched in the order plans take them, so that none waits for the other for ever. */
async function moveSlots(
	ctx: Context,
	sessions: Held[],
	{ from, to }: { from: string; to: string }
): Promise<boolean> {
	const leave = () =>
		ctx.db
			.deleteFrom('slot')
			.where('resource', '=', `staff:${from}`)
			.where(
				'session_id',
				'in',
				sessions.map(({ id }) => id)
			)
			.execute();
	const wanted = sessions.flatMap((session) =>
		slotsOf(session).map(({ date, slot }) => ({
			resource: `staff:${to}`,
			on_date: date,
			slot,
			session_id: session.id
		}))
	);
	if (from < to) await leave();
	const isFree = await insertSlots(ctx, wanted);
	if (to < from) await leave();
	return isFree;
}

/** What holds the first of the slots someone would need. */
async function inTheWay(
	ctx: Context,
	sessions: Held[],
	accountId: string,
	locale: Locale
): Promise<Busy> {
	const wanted = Map.groupBy(sessions.flatMap(slotsOf), ({ date }) => date);
	const other = await ctx.db
		.selectFrom('slot')
		.innerJoin('session', 'session.id', 'slot.session_id')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select(['session.start_time', 'session.minutes', 'session.title_texts as own_title_texts'])
		.select('cohort.name_texts as cohort_texts')
		.select(mayOpen(ctx).as('in_reach'))
		.where('slot.resource', '=', `staff:${accountId}`)
		.where((eb) =>
			eb.or(
				[...wanted].map(([date, slots]) =>
					eb.and([
						eb('slot.on_date', '=', date),
						eb(
							'slot.slot',
							'in',
							slots.map(({ slot }) => slot)
						)
					])
				)
			)
		)
		.where(
			'slot.session_id',
			'not in',
			sessions.map(({ id }) => id)
		)
		.orderBy('slot.on_date')
		.orderBy('slot.slot')
		.executeTakeFirst();
	return {
		reason: 'busy',
		time: timesOf(other ? { time: other.start_time, minutes: other.minutes } : sessions[0]!),
		cohort: other?.in_reach ? groupOf(other, locale) : null
	};
}
