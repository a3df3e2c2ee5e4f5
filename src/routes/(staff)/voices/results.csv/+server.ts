import { stringify } from 'csv-stringify/sync';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { listResults } from '#lib/features/feedback/queries.server.ts';
import { COLUMNS, linesOf } from './lines.ts';
import type { RequestHandler } from './$types';

/** The list of voices as a table, by the same ladder; children's words are left out. */
export const GET: RequestHandler = async ({ locals }) => {
	const ctx = locals.ctx!;
	const centres = new Map(
		(await listCentres(ctx, locals.locale)).map(({ id, name }) => [id, name])
	);
	const lines = (await listResults(ctx, locals.locale)).flatMap((results) =>
		linesOf(results, centres.get(results.session.centreId) ?? '')
	);
	const csv = stringify(lines, {
		bom: true,
		escape_formulas: true,
		header: true,
		columns: COLUMNS.map(([key, header]) => ({ key, header: header() }))
	});
	return new Response(csv, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="results.csv"'
		}
	});
};
