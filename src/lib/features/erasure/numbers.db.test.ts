import fc from 'fast-check';
import { expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { mendCounts } from '#lib/features/counts/recount.commands.server.ts';
import { CAST, rolesOf, SECTIONS } from '#lib/features/example/cast.ts';
import { loadExample } from '#lib/features/example/example.server.ts';
import { countPeriod } from '#lib/features/exports/queries.server.ts';
import { readTables } from '#lib/features/exports/tables.queries.server.ts';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { previewMonth } from '#lib/features/publishing/queries.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { scopeOf, type StaffActor } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { askErasure, confirmErasure } from './commands.server.ts';

const today = '2026-05-04';

function as(fresh: FreshDatabase, who: (typeof CAST)[keyof typeof CAST]): Context {
	const actor: StaffActor = {
		...{ kind: 'staff', accountId: who.id, roles: rolesOf(who), sectionId: SECTIONS.lebanon },
		...{ isExample: true, name: who.name, locale: 'en', theme: 'auto', secondStep: 'free' }
	};
	const scope = scopeOf(actor, 'export tables')!;
	return { ...fresh, actor, scope, now: instantOf(today, '12:00', 'Asia/Beirut') };
}

/** Columns that say who somebody is, or how full a cohort is from tomorrow on. */
const OF_PERSONS = (): string[] => [
	m.exports_person(),
	m.closed_name(),
	m.exports_code(),
	m.exports_birth_month(),
	m.exports_left(),
	m.exports_members_now()
];

/** Every number Halqa makes of people. */
async function numbers(fresh: FreshDatabase) {
	const manager = as(fresh, CAST.manager);
	const tables = [];
	const year = { from: '2026-01-01', to: '2026-12-31', locale: 'en', today } as const;
	for (const who of [CAST.manager, CAST.admin])
		for (const { name, columns, rows } of await readTables(as(fresh, who), 'all', {
			...year,
			month: '2026-04'
		}))
			tables.push([
				who.role,
				name,
				rows
					.map((row) =>
						JSON.stringify(row.filter((_, at) => !OF_PERSONS().includes(columns[at]!.header)))
					)
					.sort()
			]);
	const months = ['2026-03', '2026-04', '2026-05'];
	return {
		tables,
		reach: await listTargetReach(manager, { today }, 'en'),
		atCentre: await listTargetReach(as(fresh, CAST.coordinator), { today }, 'en'),
		period: await countPeriod(manager, { from: '2026-01-01', to: today, today }),
		previews: await Promise.all(months.map((month) => previewMonth(manager, { month, today }))),
		reports: await Promise.all(
			months.map((month) => readTables(as(fresh, CAST.admin), 'report_in', { ...year, month }))
		)
	};
}

async function erase(fresh: FreshDatabase, personId: string): Promise<void> {
	const asked = await askErasure(as(fresh, CAST.admin), { personId, reason: 'asked' }, newId());
	if (!asked.ok) throw new Error(asked.refusal.reason);
	const second = { ...as(fresh, CAST.admin), actor: { ...as(fresh, CAST.admin).actor } };
	Object.assign(second.actor, { accountId: CAST.manager.id });
	const done = await confirmErasure(
		second,
		{ personId, erasure: asked.done.id },
		{ once: newId(), today }
	);
	expect(done).toMatchObject({ ok: true });
}

it('no number changes, whoever of the register is erased, merged ones and caregivers included', async () => {
	const fresh = await freshDatabase();
	await loadExample(fresh.db, fresh.ring, { today, passwordHash: 'x' });
	const people = await fresh.db
		.selectFrom('person')
		.select('id')
		.where('section_id', '=', SECTIONS.lebanon)
		.where((eb) =>
			eb.or([
				eb('id', 'in', eb.selectFrom('mark').select('person_id')),
				eb('id', 'in', eb.selectFrom('caregiver').select('caregiver_id'))
			])
		)
		.orderBy('id')
		.execute();
	const some = fc.sample(fc.shuffledSubarray(people, { minLength: 7, maxLength: 7 }), {
		...{ numRuns: 1, seed: 57 }
	})[0]!;
	const carers = await fresh.db.selectFrom('caregiver').selectAll().limit(2).execute();
	const [kept, merged, ...others] = some.map(({ id }) => id) as [string, string, ...string[]];
	expect(
		await mergePeople(as(fresh, CAST.admin), { keptId: kept, mergedId: merged }, newId())
	).toMatchObject({ ok: true });
	const before = await numbers(fresh);
	expect(before.period.people).toBeGreaterThan(20);
	const erased = new Set([kept, ...others, carers[0]!.child_id, carers[1]!.caregiver_id]);
	for (const id of erased) await erase(fresh, id);
	expect(await numbers(fresh)).toEqual(before);
	expect(await mendCounts(fresh.db)).toMatchObject({ differing: 0 });
	const left = await fresh.db
		.selectFrom('person')
		.select('id')
		.where('id', 'in', [...erased, merged])
		.execute();
	expect(left).toEqual([]);
});
