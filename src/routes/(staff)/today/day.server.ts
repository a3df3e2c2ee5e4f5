import { registerRefusal } from '#lib/features/attendance/rules.ts';
import { getSection, listCentres, listClosedDays } from '#lib/features/centres/queries.server.ts';
import { closedEverywhere } from '#lib/features/centres/rules.ts';
import { readPlans } from '#lib/features/curricula/plans.queries.server.ts';
import { codeStates } from '#lib/features/feedback/code-states.queries.server.ts';
import { listWaiting } from '#lib/features/feedback/vouching.commands.server.ts';
import {
	listSessions,
	listSessionsOf,
	listUnrecorded
} from '#lib/features/sessions/queries.server.ts';
import { listLeft } from '#lib/features/sessions/ahead.queries.server.ts';
import { withHalvesOnce } from '#lib/features/sessions/strands.rules.ts';
import { listComingStandIns } from '#lib/features/sessions/substitutes.queries.server.ts';
import { todayOf } from '#lib/features/sessions/today.rules.ts';
import { beadStateAt } from '#lib/features/sessions/words.ts';
import { weekOf } from '#lib/platform/clock/days.ts';
import { dateIn, timeIn } from '#lib/platform/clock/zone.ts';
import { within } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoadEvent } from './$types';

/**
 * The day of someone who runs sessions: the one to act on, those whose children may answer, what is owed, the week.
 * Of the sessions they may open alone: that somebody answers concerns or administers brings no session of others.
 */
export async function loadDay({ locals }: Pick<PageServerLoadEvent, 'locals'>) {
	const { locale } = locals;
	const ctx = within(ctxOf(locals), 'take registers');
	const section = await getSection(ctx, locale);
	const centres = await listCentres(ctx, locale);
	const zone = centres[0]?.zone ?? section.zone;
	const today = dateIn(zone, locals.now);
	const days = weekOf(today, section.weekStartsOn);
	const week = { from: days[0]!, to: days[6]! };
	const sessions = (await listSessions(ctx, week, locale)).filter((session) => session.own);
	const closedDays = await listClosedDays(ctx, week, locale);
	const time = timeIn(zone, locals.now);
	const day = todayOf(sessions, today, time);
	const cycle = day.now?.cohortId
		? withHalvesOnce(
				(await listSessionsOf(ctx, day.now.cohortId, locale)).filter(
					({ cycleId }) => cycleId === day.now?.cycleId
				)
			)
		: [];
	const [plan] = day.now?.planId ? await readPlans(ctx, { planId: day.now.planId }) : [];
	const ofToday = [...(day.now ? [day.now] : []), ...day.others];
	const codes = await codeStates(
		ctx,
		ofToday.map(({ id }) => id)
	);
	return {
		today,
		time,
		...day,
		/** The register of the session to act on does not open yet. */
		isEarly: day.now !== null && registerRefusal(day.now, locals.now) === 'too_early',
		/** What the session to act on does; null once it is over. */
		plan: day.moment === 'done' ? null : (plan ?? null),
		cycle: cycle.map((session) => ({
			state: beadStateAt(session, { today, time })
		})),
		cycleHeld: cycle.filter(({ status }) => status === 'held').length,
		once: crypto.randomUUID(),
		/** How the code of the session to act on stands, once its register is in. */
		feedback: (day.moment === 'done' && day.now && codes.get(day.now.id)?.state) || null,
		/** Other sessions of today whose children are answering, or could as the register is in. */
		answering: ofToday.flatMap((session) => {
			const state = codes.get(session.id)?.state;
			const isListed = state === 'open' || (state === 'can_open' && session.status === 'held');
			return isListed && !(session === day.now && day.moment === 'done')
				? [{ session, state, once: crypto.randomUUID() }]
				: [];
		}),
		coming: await listComingStandIns(ctx, locale),
		/** Sessions whose answers wait for the reader's word on how many answered. */
		waiting: (await listWaiting(ctx, { today }, locale)).map((one) => ({
			...one,
			centre: centres.length > 1 ? nameOf(centres, one.session.centreId) : null,
			once: crypto.randomUUID()
		})),
		/** Sessions to come whose facilitator was switched off. */
		left: await listLeft(ctx, { from: today }, locale),
		unrecorded: await listUnrecorded(ctx, { before: today }, locale),
		week: days.map((date) => ({
			date,
			sessions: sessions.filter((session) => session.date === date),
			closed: closedEverywhere(centres, closedDays, date)?.name ?? null
		}))
	};
}

function nameOf(centres: readonly { id: string; name: string }[], id: string): string | null {
	return centres.find((centre) => centre.id === id)?.name ?? null;
}
