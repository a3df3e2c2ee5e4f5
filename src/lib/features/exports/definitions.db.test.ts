import { expect, it } from 'vitest';
import { readTables } from '#lib/platform/sheets/read.server.ts';
import { m } from '#lib/paraglide/messages.js';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addIndicator, addSection, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { readDefinitions } from './definitions.queries.server.ts';
import { readFile } from './file.queries.server.ts';

const WANTED = { table: 'targets', month: '2026-04', today: '2026-05-01' } as const;

it('a workbook says what its numbers mean: the rule, and the indicators of the own section alone', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	await addIndicator(fresh, here.sectionId, {
		...{ name_texts: '{"en":"Girls in life skills"}', measure: 'children', rule_version: 3 },
		...{ activityinfo_code: '5.2.3', disaggregation: 'sex,age' }
	});
	await addIndicator(fresh, await addSection(fresh, 'Togo'), { name_texts: '{"en":"Theirs"}' });
	await aCycle(fresh, here);
	await fresh.db.updateTable('curriculum_version').set({ reached_count: 2 }).execute();
	const ctx = contextOf(fresh, here.manager);
	const { name, rows } = await readDefinitions(ctx, 'en');
	expect(rows).toEqual([
		expect.arrayContaining([m.indicator_measure_reached(), m.indicator_rule_reached()]),
		[
			...['Girls in life skills', 'Who came', m.indicator_unit_people()],
			...[m.indicator_rule_children(), 3, 'sex and age', '5.2.3', null, null]
		],
		expect.arrayContaining([
			expect.stringContaining(m.rule_reached_text({ count: 2 })),
			m.curricula_of_version({ name: 'Incredible Me', number: '1' })
		])
	]);

	const workbook = await readFile(ctx, { ...WANTED, format: 'xlsx' }, 'en');
	const read = await readTables(workbook!);
	expect(read.ok && read.tables.map((table) => table.name)).toEqual([m.nav_targets(), name]);
});
