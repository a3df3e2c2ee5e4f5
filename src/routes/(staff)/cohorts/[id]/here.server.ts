import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { findCohort } from '#lib/features/cohorts/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';

/** The cohort an address names, with the civil date at its centre; 404 for one out of reach. */
export async function findCohortHere(locals: App.Locals, id: string) {
	const ctx = ctxOf(locals);
	const cohort = await findCohort(ctx, id, locals.locale);
	if (!cohort) error(404, m.error_not_found());
	const { zone } = await getCentre(ctx, cohort.centreId, locals.locale);
	return { cohort, zone, today: dateIn(zone, locals.now) };
}
