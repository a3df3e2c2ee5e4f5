import { tabulateResults } from '#lib/features/feedback/queries.server.ts';
import type { Whose } from '#lib/features/feedback/types.ts';
import { csvOf } from '#lib/platform/sheets/csv.ts';

/** The list of children's or adults' voices as a file, by the same ladder; what they wrote is left out. */
export async function resultsFile(
	{ ctx, locale }: App.Locals,
	whose: Whose,
	name: string
): Promise<Response> {
	const { columns, rows } = await tabulateResults(ctx!, whose, locale);
	return new Response(csvOf(columns, rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`
		}
	});
}
