import { listCentres } from '#lib/features/centres/queries.server.ts';
import { listResults } from '#lib/features/feedback/queries.server.ts';
import { resultsTable } from '#lib/features/feedback/results-table.ts';
import { csvOf } from '#lib/platform/sheets/csv.ts';
import type { RequestHandler } from './$types';

/** The list of voices as a table, by the same ladder; children's words are left out. */
export const GET: RequestHandler = async ({ locals }) => {
	const ctx = locals.ctx!;
	const centres = new Map(
		(await listCentres(ctx, locals.locale)).map(({ id, name }) => [id, name])
	);
	const { columns, rows } = resultsTable(await listResults(ctx, locals.locale), centres);
	return new Response(csvOf(columns, rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="results.csv"'
		}
	});
};
