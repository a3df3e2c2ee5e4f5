import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { listSessions } from '#lib/features/sessions/queries.server.ts';
import { addDays, isDate } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** One day of one centre, as a list for the door or the desk. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const section = await getSection(ctx, locale);
	const centres = await listCentres(ctx, locale);
	const centre = centres.find(({ id }) => id === url.searchParams.get('centre')) ?? centres[0];
	const today = dateIn(centre?.zone ?? section.zone, locals.now);
	const asked = url.searchParams.get('date') ?? '';
	const date = isDate(asked) ? asked : today;
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		centre: centre && { id: centre.id, name: centre.name },
		date,
		previous: addDays(date, -1),
		next: addDays(date, 1),
		sessions: centre
			? await listSessions(ctx, { from: date, to: date, centre: centre.id }, locale)
			: []
	};
};
