import { beforeEach, expect, it } from 'vitest';
import type { Table } from '#lib/platform/sheets/table.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addMember, addSession, contextOf } from '#tests/factories/rows.ts';
import { readReport } from './report.queries.server.ts';
import type { ReportName } from './types.ts';

let fresh: FreshDatabase;
let here: Setting;
let there: Setting;

/** In Beirut twelve Syrian girls of ten and three Lebanese boys of eight, in Zahle fourteen women without a group. */
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	there = await aSetting(fresh, { sectionId: here.sectionId });
	await fresh.db
		.updateTable('centre')
		.set({ adm1_pcode: 'LB2', adm2_pcode: 'LB25' })
		.where('id', '=', there.centreId)
		.execute();
	await reach(here, 12, { birth_year: 2016, population_group: 'SYR', sex: 'f' });
	await reach(here, 3, { birth_year: 2018, population_group: 'LEB', sex: 'm' });
	await reach(there, 14, { birth_year: 1990, population_group: null, sex: 'f' });
});

type Kind = { birth_year: number; population_group: string | null; sex: 'f' | 'm' };

/** So many new people who come to a session of April. */
async function reach(at: Setting, count: number, kind: Kind) {
	const session_id = await addSession(fresh, await aCycle(fresh, at), {
		date: '2026-04-07',
		status: 'held'
	});
	for (let n = 0; n < count; n += 1) {
		const person_id = await addMember(fresh, at, 'Nour');
		await fresh.db.updateTable('person').set(kind).where('id', '=', person_id).execute();
		await fresh.db
			.insertInto('mark')
			.values({ session_id, person_id, section_id: at.sectionId, code: 'late' })
			.execute();
	}
}

const read = (account: Setting['manager'], report: ReportName) =>
	readReport(contextOf(fresh, account), report, { month: '2026-04', locale: 'en' });

/** Place, group, sex, age and number of each row. */
const brief = ({ rows }: Table) =>
	rows.map((row) => [row[4], row[7], row[8], row[9], row[10]].map((one) => one ?? '').join(' '));

it('is counted by hand the same, exactly for use inside', async () => {
	const [sheet, totals] = await read(here.manager, 'report_in');
	expect(brief(sheet!)).toEqual([
		'LB1 SYR female 6–11 12',
		'LB1 LEB male 6–11 3',
		'LB25 not stated female 18+ 14'
	]);
	expect(brief(totals!)).toEqual([
		'    29',
		'LB1    15',
		'LB25    14',
		' SYR female 6–11 12',
		' LEB male 6–11 3',
		' not stated female 18+ 14'
	]);
	expect(sheet!.rows[2]!.slice(0, 7)).toEqual(
		['Lebanon', '', 'Bekaa', 'Zahle', 'LB25', '2026-04', ''] //
	);
});

it('carries HXL tags in its first row, numbers below, nothing else changed', async () => {
	const plain = await read(here.manager, 'report_in');
	const tagged = await read(here.manager, 'report_in_hxl');
	for (const at of [0, 1]) {
		const [tags, ...rows] = tagged[at]!.rows;
		expect(tags![10]).toBe('#reached+ind');
		expect(tags!.every((tag) => /^#[a-z]/.test(String(tag)))).toBe(true);
		expect(rows).toEqual(plain[at]!.rows);
		for (const row of rows) expect(typeof row[10]).toBe('number');
	}
});

it('is of a coordinator’s own centres, and of nobody else’s section', async () => {
	const [own] = await read(there.coordinator, 'report_in');
	expect(brief(own!)).toEqual(['LB25 not stated female 18+ 14']);
	const elsewhere = await aSetting(fresh);
	const [none] = await read(elsewhere.manager, 'report_in');
	expect(none!.rows).toEqual([]);
});
