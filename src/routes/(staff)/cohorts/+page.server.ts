import { listCentres } from '#lib/features/centres/queries.server.ts';
import { listCohorts } from '#lib/features/cohorts/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** Cohorts shown before somebody asks for more, and with every *more*. */
const STEP = 30;

/** The cohorts within reach, of one centre if asked; open ones first. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const centres = (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name }));
	const centre = centres.find(({ id }) => id === url.searchParams.get('centre'))?.id;
	const cohorts = (await listCohorts(ctx, locale)).filter(
		({ centreId }) => centre === undefined || centreId === centre
	);
	const shown = Number(url.searchParams.get('shown')) || STEP;
	const centreOf = new Map(centres.map(({ id, name }) => [id, name]));
	return {
		centres,
		centre,
		count: cohorts.length,
		next: shown + STEP,
		cohorts: cohorts
			.slice(0, shown)
			.map((cohort) => ({ ...cohort, centre: centreOf.get(cohort.centreId) ?? '' }))
	};
};
