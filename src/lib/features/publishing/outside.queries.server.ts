import { listCountryTargets } from '#lib/features/reach/queries.server.ts';
import type { TargetReach } from '#lib/features/reach/types.ts';
import type { NetworkScope } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { seenFromOutside } from './outside.rules.ts';
import { listWithTotals } from './queries.server.ts';

/** The section's people targets as partners and the advisory group see them: people as far as they are published. */
export async function listPublishedReach(
	{ db, scope }: Context,
	{ today }: { today: string },
	locale: Locale
): Promise<TargetReach[]> {
	return outside(db, [scope.sectionId], today, locale);
}

/** The current targets of every section of the reader's kind, sections by name, as far as they are published. */
export async function listNetworkReach(
	{ db, network }: { db: Db; network: NetworkScope },
	today: string,
	locale: Locale
): Promise<{ sectionId: string; section: string; targets: TargetReach[] }[]> {
	const sections = await db
		.selectFrom('section')
		.selectAll()
		.where('is_example', '=', network.isExample ? 1 : 0)
		.orderBy('id')
		.execute();
	const sectionIds = sections.map(({ id }) => id);
	const targets = await outside(db, sectionIds, today, locale);
	const { compare } = collatorIn(locale);
	const named = sections.map((section) => ({
		sectionId: section.id,
		section: textIn(section.name_texts, locale),
		targets: targets.filter((target) => target.sectionId === section.id && !target.closed)
	}));
	return named.sort((a, b) => compare(a.section, b.section));
}

async function outside(db: Db, sectionIds: readonly string[], today: string, locale: Locale) {
	const targets = await listCountryTargets(db, sectionIds, today, locale);
	const snapshots = Map.groupBy(await listWithTotals(db, sectionIds), ({ sectionId }) => sectionId);
	return targets.map((target) => seenFromOutside(target, snapshots.get(target.sectionId) ?? []));
}
