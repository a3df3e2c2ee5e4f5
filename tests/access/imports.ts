import { NOTHING_COUNTED } from '#lib/features/imports/rules.ts';
import { sealSetup } from '#lib/features/imports/queries.server.ts';
import { NOTHING_FOUND } from '#lib/features/imports/reading/looking.ts';
import type { Setup } from '#lib/features/imports/types.ts';
import type { Backstage } from './visiting.ts';

const EMPTY: Setup = {
	sheets: [],
	columns: [],
	marks: [],
	sexes: [],
	found: NOTHING_FOUND,
	options: {
		...{ dateOrder: 'dmy', birthOrder: 'dmy', centreId: null, sex: null, birthYear: null },
		...{ year: null, calendar: null, swapDates: false, listDate: null, ageDates: null },
		...{ hiddenRows: 'in', encoding: null },
		...{ startTime: '15:00', minutes: 90, maybe: null }
	},
	coming: []
};

/** A list without a row that an account has brought in, or brings in anew. */
export async function addImport(
	{ db, ring, now }: Pick<Backstage, 'db' | 'ring' | 'now'>,
	{ id, accountId, sectionId }: { id: string; accountId: string; sectionId: string }
): Promise<void> {
	await db.deleteFrom('import').where('id', '=', id).execute();
	await db
		.insertInto('import')
		.values({
			...{ id, section_id: sectionId, kind: 'people', stage: 'done', file_name_sealed: null },
			...{ digest: id, setup_sealed: sealSetup(ring, id, EMPTY), row_count: 0, position: 0 },
			...{ counts: JSON.stringify(NOTHING_COUNTED), created_by: accountId, created_at: now },
			...{ finished_at: now, version: 1 }
		})
		.execute();
}
