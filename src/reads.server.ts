import {
	listPeople,
	searchPeople,
	type Among
} from '#lib/features/people/search.queries.server.ts';
import { countPeriod } from '#lib/features/exports/queries.server.ts';
import type { Wanted } from '#lib/features/exports/types.ts';
import type { WantedSnapshot } from '#lib/features/publishing/types.ts';
import { countNewlyByKind } from '#lib/features/publishing/newly.queries.server.ts';
import {
	listNetworkReach,
	listPublishedReach
} from '#lib/features/publishing/outside.queries.server.ts';
import { previewMonth } from '#lib/features/publishing/queries.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { networkScopeOf, scopeOf } from '#lib/platform/access/actor.ts';
import { inSection, type Asker, type Reads } from '#lib/platform/reader/reads.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/**
 * The heavy reads, in one place: what takes more than some fifty milliseconds with a country in the database is
 * computed beside the thread that serves everybody, and asked for as `locals.read(name, what)`. The one
 * that speaks imports its words when it is first asked: a thousand small files.
 */
export const READS = {
	'target reach': inSection('see targets', (ctx, at: { today: string }, locale) =>
		ctx.scope.totalsOnly ? listPublishedReach(ctx, at, locale) : listTargetReach(ctx, at, locale)
	),
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
		countNewlyByKind(ctx, month)
	),
	'month to publish': inSection('report outside', previewMonth),
	'published file': publishedFile,
	'period numbers': inSection('export tables', countPeriod),
	'export file': inSection(
		'export tables',
		async (ctx, wanted: Wanted & { today: string }, locale) => {
			const { readFile } = await import('#lib/features/exports/file.queries.server.ts');
			return readFile(ctx, wanted, locale);
		}
	)
} satisfies Reads;

async function publishedFile(
	{ db, actor }: Asker,
	wanted: WantedSnapshot,
	locale: Locale
): Promise<Uint8Array<ArrayBuffer> | null> {
	const { readSnapshotFile } = await import('#lib/features/publishing/files.queries.server.ts');
	const network = networkScopeOf(actor);
	const reader = network ? { db, network } : { db, scope: scopeOf(actor, 'see published')! };
	return readSnapshotFile(reader, wanted, locale);
}

function networkReach({ db, actor }: Asker, { today }: { today: string }, locale: Locale) {
	const network = networkScopeOf(actor);
	if (!network) throw new Error('Only the network reads every section');
	return listNetworkReach({ db, network }, today, locale);
}
