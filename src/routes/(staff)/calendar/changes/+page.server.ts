import { listChanges } from '#lib/features/changes/list.queries.server.ts';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** The latest changes of plans, of one centre if asked. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const ctx = ctxOf(locals);
	const centres = await listCentres(ctx, locals.locale);
	const centre = centres.find(({ id }) => id === url.searchParams.get('centre'))?.id;
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		centre,
		changes: await listChanges(ctx, { centreId: centre }, locals.locale)
	};
};
