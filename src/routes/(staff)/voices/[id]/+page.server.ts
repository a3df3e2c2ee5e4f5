import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre } from '#lib/features/centres/queries.server.ts';
import { findResults } from '#lib/features/feedback/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx!;
	const results = await findResults(ctx, params.id, locals.locale);
	if (!results) error(404, m.error_not_found());
	return {
		...results,
		centre: (await getCentre(ctx, results.session.centreId, locals.locale)).name,
		asOf: locals.now
	};
};
