import { listCentres } from '#lib/features/centres/queries.server.ts';
import { listResults, MOST_LISTED } from '#lib/features/feedback/queries.server.ts';
import { headlinesOf } from './said.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx!;
	const results = await listResults(ctx, locals.locale);
	const centres = new Map(
		(await listCentres(ctx, locals.locale)).map(({ id, name }) => [id, name])
	);
	return {
		mostListed: results.length < MOST_LISTED ? null : MOST_LISTED,
		results: results.map(({ session, moreThanPresent, forms }) => ({
			session,
			moreThanPresent,
			centre: centres.size > 1 ? (centres.get(session.centreId) ?? null) : null,
			forms: forms.map((result) => ({ form: result.form, items: headlinesOf(result) }))
		}))
	};
};
