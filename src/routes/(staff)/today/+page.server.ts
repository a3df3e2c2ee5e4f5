import { getSection, listCentres, listClosedDays } from '#lib/features/centres/queries.server.ts';
import { closedEverywhere } from '#lib/features/centres/rules.ts';
import { todayOf } from '#lib/features/sessions/today.ts';
import {
	listSessions,
	listSessionsOf,
	listUnrecorded
} from '#lib/features/sessions/queries.server.ts';
import { beadStateOf } from '#lib/features/sessions/words.ts';
import { weekOf } from '#lib/platform/clock/days.ts';
import { dateIn, timeIn } from '#lib/platform/clock/zone.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { locale } = locals;
	const ctx = locals.ctx!;
	const section = await getSection(ctx, locale);
	const centres = await listCentres(ctx, locale);
	const zone = centres[0]?.zone ?? section.zone;
	const today = dateIn(zone, locals.now);
	const days = weekOf(today, section.weekStartsOn);
	const week = { from: days[0]!, to: days[6]! };
	const sessions = (await listSessions(ctx, week, locale)).filter((session) => session.own);
	const closedDays = await listClosedDays(ctx, week, locale);
	const moment = todayOf(sessions, today, timeIn(zone, locals.now));
	const cycle = moment.now
		? (await listSessionsOf(ctx, moment.now.cohortId, locale)).filter(
				({ cycleId }) => cycleId === moment.now?.cycleId
			)
		: [];
	return {
		today,
		...moment,
		cycle: cycle.map((session) => ({
			state: session.id === moment.now?.id ? ('now' as const) : beadStateOf(session, today)
		})),
		cycleHeld: cycle.filter(({ status }) => status === 'held').length,
		unrecorded: await listUnrecorded(ctx, { before: today }, locale),
		week: days.map((date) => ({
			date,
			sessions: sessions.filter((session) => session.date === date),
			closed: closedEverywhere(centres, closedDays, date)?.name ?? null
		}))
	};
};
