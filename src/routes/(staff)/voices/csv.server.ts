import type { RequestEvent } from '@sveltejs/kit';
import { tabulateResults } from '#lib/features/feedback/queries.server.ts';
import type { Whose } from '#lib/features/feedback/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { csvOf } from '#lib/platform/sheets/csv.ts';

/** The list of children's or adults' voices as a file, by the same ladder; what they wrote is left out. */
export async function resultsFile(
	{ locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
	whose: Whose,
	name: string
): Promise<Response> {
	const { columns, rows } = await tabulateResults(
		ctxOf(locals),
		{ whose, centreId: url.searchParams.get('centre') || undefined },
		locals.locale
	);
	return new Response(csvOf(columns, rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`
		}
	});
}
