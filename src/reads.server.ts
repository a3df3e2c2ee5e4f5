import {
	listPeople,
	searchPeople,
	type Among
} from '#lib/features/people/search.queries.server.ts';
import { countNewlyReached } from '#lib/features/exports/newly.queries.server.ts';
import { countPeriod } from '#lib/features/exports/queries.server.ts';
import type { Wanted } from '#lib/features/exports/types.ts';
import { listNetworkReach, listTargetReach } from '#lib/features/reach/queries.server.ts';
import { networkScopeOf } from '#lib/platform/access/actor.ts';
import { inSection, type Asker, type Reads } from '#lib/platform/reader/reads.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/**
 * The heavy reads, in one place: what takes more than some fifty milliseconds with a country in the database is
 * computed beside the thread that serves everybody, and asked for as `locals.read(name, what)`. The one
 * that speaks imports its words when it is first asked: a thousand small files.
 */
export const READS = {
	'target reach': inSection('see targets', listTargetReach),
	'network reach': networkReach,
	'people list': inSection('see people', listPeople),
	'people found': inSection(
		'see people',
		(ctx, { words, among }: { words: string; among?: Among }, locale) =>
			searchPeople(ctx, words, locale, among)
	),
	'people to enrol': inSection('enrol people', (ctx, { words }: { words: string }, locale) =>
		searchPeople(ctx, words, locale)
	),
	'newly reached': inSection('export tables', (ctx, { month }: { month: string }) =>
		countNewlyReached(ctx, month)
	),
	'period numbers': inSection('export tables', countPeriod),
	'export file': inSection(
		'export tables',
		async (ctx, wanted: Wanted & { today: string }, locale) => {
			const { readFile } = await import('#lib/features/exports/file.queries.server.ts');
			return readFile(ctx, wanted, locale);
		}
	)
} satisfies Reads;

function networkReach({ db, actor }: Asker, { today }: { today: string }, locale: Locale) {
	const network = networkScopeOf(actor);
	if (!network) throw new Error('Only the network reads every section');
	return listNetworkReach({ db, network }, today, locale);
}
