import { FEWEST_CONFIRMED } from '#lib/features/alerts/clock.rules.ts';
import { listReached } from '#lib/features/alerts/responders.queries.server.ts';
import { listNamedReaders } from '#lib/features/feedback/readers.queries.server.ts';
import { getOrganisation, getProgress } from '#lib/features/organisation/queries.server.ts';
import { listOffered } from '#lib/features/wording/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** What a new organisation has of what it needs, to work and to ask children. */
export async function loadProgress(ctx: Context, locale: Locale) {
	const { languages } = await getOrganisation(ctx);
	const { waiting } = await listOffered(ctx);
	const reached = await listReached(ctx, locale);
	const readers = await listNamedReaders(ctx, locale);
	return {
		...(await getProgress(ctx)),
		alerts: reached.filter(({ confirmedAt }) => confirmedAt !== null).length >= FEWEST_CONFIRMED,
		words: languages.every((language) => !waiting.includes(language)),
		readers: readers.some(({ canRead }) => canRead)
	};
}
