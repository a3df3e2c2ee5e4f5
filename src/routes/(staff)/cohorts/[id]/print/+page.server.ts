import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { datesOn, sheetOf } from '#lib/features/attendance/paper.rules.ts';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { findCohort, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { listNextOf } from '#lib/features/sessions/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** The members of a cohort today, and the next dates of a register on paper. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const cohort = await findCohort(ctx, params.id, locale);
	if (!cohort) error(404, m.error_not_found());
	const centre = await getCentre(ctx, cohort.centreId, locale);
	const today = dateIn(centre.zone, now);
	const sheet = sheetOf(url.searchParams.get('sheet'));
	const count = datesOn(sheet);
	const next = await listNextOf(ctx, { cohortId: cohort.id, from: today, count }, locale);
	return {
		cohort: { id: cohort.id, name: cohort.name },
		centre: centre.name,
		today,
		sheet,
		/** As many as the sheet has columns; null where no session is planned yet. */
		dates: Array.from({ length: count }, (_, place) => next[place] ?? null).map(
			(session) =>
				session && {
					...{ date: session.date, time: session.time },
					...{ minutes: session.minutes, strand: session.strand }
				}
		),
		facilitators: [...new Set(next.flatMap(({ facilitators }) => facilitators))],
		members: await listMembers(ctx, { cohortId: cohort.id, date: today }, locale)
	};
};
