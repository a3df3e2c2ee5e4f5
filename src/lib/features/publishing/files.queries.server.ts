import { m } from '#lib/paraglide/messages.js';
import { definitionsTable, type Definition } from '#lib/features/targets/definitions.words.ts';
import { known } from '#lib/platform/db/vocabularies.ts';
import { formatDate } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import { writeTables } from '#lib/platform/sheets/write.server.ts';
import { dimensionsOf } from './layouts.rules.ts';
import { snapshotsInReach, type Reader } from './queries.server.ts';
import { sheetTables } from './sheet.words.ts';
import { layoutWord } from './words.ts';
import { LAYOUTS, type Layout, type SheetCell, type WantedSnapshot } from './types.ts';

/** The numbers of a snapshot as they were frozen, and how they were counted; null when it is out of reach. */
export async function readSnapshot(
	reader: Reader,
	{ snapshot: id, tags }: Pick<WantedSnapshot, 'snapshot' | 'tags'>,
	locale: Locale
): Promise<Table[] | null> {
	const row = await snapshotsInReach(reader)
		.select(['section.name_texts', 'section.country'])
		.where('snapshot.id', '=', id)
		.executeTakeFirst();
	if (!row) return null;
	const frozenOn = formatDate(row.frozen_on, locale, 'full');
	const layout = known(LAYOUTS, row.layout);
	const sheets = sheetTables(
		await listCells(reader, id),
		{
			name: m.published_sheet({ number: row.number }),
			section: textIn(row.name_texts, locale),
			country: row.country,
			activity: row.activity,
			indicator: row.indicator,
			month: row.period,
			withTags: tags === 'hxl',
			notes: [
				m.published_note({ number: row.number, date: frozenOn, layout: layoutWord(layout) }),
				m.report_out_note(),
				m.published_rule(),
				m.published_carried(),
				...(row.people_count === 0 ? [m.published_too_few()] : []),
				...(row.zeros_hidden ? [m.report_zeros_hidden()] : [])
			]
		},
		locale
	);
	return [...sheets, definitionsTable([definitionOf(row.indicator, layout)], locale)];
}

/** What is published is counted by one rule, whatever indicators the section has by now: what left stays as it was. */
function definitionOf(indicator: string, layout: Layout): Definition {
	return {
		name: m.published_newly(),
		definition: null,
		rule: m.published_rule(),
		ruleVersion: null,
		disaggregation: dimensionsOf(layout),
		codes: { activityinfo: indicator || null, iati: null, dhis2: null }
	};
}

/** The bytes of a snapshot's file; null when it is out of reach. */
export async function readSnapshotFile(
	reader: Reader,
	wanted: WantedSnapshot,
	locale: Locale
): Promise<Uint8Array<ArrayBuffer> | null> {
	const tables = await readSnapshot(reader, wanted, locale);
	return tables && writeTables({ tables, format: wanted.format, rightToLeft: locale === 'ar' });
}

async function listCells({ db }: Reader, snapshotId: string): Promise<SheetCell[]> {
	const rows = await db
		.selectFrom('snapshot_cell')
		.selectAll()
		.where('snapshot_id', '=', snapshotId)
		.orderBy('position')
		.execute();
	return rows.map((row) => ({
		place: row.adm1_pcode === null ? null : { adm1: row.adm1_pcode, adm2: row.adm2_pcode },
		group: row.population_group,
		sex: row.sex,
		age: row.age_band,
		isTotal: row.is_total === 1,
		count: row.people_count
	}));
}
