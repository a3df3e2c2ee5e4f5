import type { RequestEvent } from '@sveltejs/kit';
import { builtInHelp, listHelp } from '#lib/features/directory/queries.server.ts';
import type { HelpLine } from '#lib/features/directory/types.ts';
import { listFocalPointNames } from '#lib/features/staff/queries.server.ts';

/**
 * Whom the reader can turn to: their section's list and, for those who work in it, its focal points by name; for who belongs to no
 * section what Halqa knows, by country.
 */
export async function loadHelp({ locals }: Pick<RequestEvent, 'locals'>): Promise<{
	help: { country: string | null; lines: HelpLine[] }[];
	focalPoints: string[];
}> {
	const { ctx, locale } = locals;
	if (!ctx) return { help: builtInHelp(locale), focalPoints: [] };
	return {
		help: [{ country: null, lines: await listHelp(ctx, locale) }],
		focalPoints: ctx.scope.totalsOnly ? [] : await listFocalPointNames(ctx, locale)
	};
}
