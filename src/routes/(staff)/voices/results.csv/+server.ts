import { tabulateResults } from '#lib/features/feedback/queries.server.ts';
import { csvOf } from '#lib/platform/sheets/csv.ts';
import type { RequestHandler } from './$types';

/** The list of voices as a table, by the same ladder; children's words are left out. */
export const GET: RequestHandler = async ({ locals }) => {
	const { columns, rows } = await tabulateResults(locals.ctx!, locals.locale);
	return new Response(csvOf(columns, rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="results.csv"'
		}
	});
};
