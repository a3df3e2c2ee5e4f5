import { expect, it } from 'vitest';
import type { Place } from '#lib/features/centres/types.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { publishMonth } from '#lib/features/publishing/commands.server.ts';
import { readSnapshot } from '#lib/features/publishing/files.queries.server.ts';
import { layOut } from '#lib/features/publishing/layouts.rules.ts';
import {
	listNetworkReach,
	listPublishedReach
} from '#lib/features/publishing/outside.queries.server.ts';
import { listSnapshots } from '#lib/features/publishing/queries.server.ts';
import { LAYOUTS, type SheetCell } from '#lib/features/publishing/types.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Table } from '#lib/platform/sheets/table.ts';
import { asNetwork } from '#tests/factories/network.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addMember, addSession, addTarget, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { givenAway, shown, type Seen } from '#tests/harness/subtraction.ts';
import { atomsOf, EVERYBODY, toldBy } from '#tests/harness/told.ts';

/** Collects every file and figure that readers outside a section get, through a spring of registers, and subtracts. */
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
const TODAY = '2026-06-15';
const BEIRUT = { adm1: 'LB1', adm2: null };
const ZAHLE = { adm1: 'LB2', adm2: 'LB25' };
const PLACES = new Map<string, Place>([
	['a', BEIRUT],
	['b', ZAHLE]
]);
const structure = (layout: (typeof LAYOUTS)[number]) =>
	layOut([], { layout, month: '2026-01', country: 'LB', placeOf: PLACES });
const FINE = structure('district_group_sex_age');

let fresh: FreshDatabase;

it('what leaves a section gives nobody away, whatever is recorded in between', async () => {
	fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const there = await aSetting(fresh, { sectionId: here.sectionId });
	await fresh.db
		.updateTable('centre')
		.set({ adm1_pcode: ZAHLE.adm1, adm2_pcode: ZAHLE.adm2 })
		.where('id', '=', there.centreId)
		.execute();
	const section_id = here.sectionId;
	await addTarget(fresh, { section_id });
	await addTarget(fresh, { section_id, starts_on: '2026-02-01', ends_on: '2026-04-30' });
	await addTarget(fresh, { section_id, starts_on: '2026-01-01', ends_on: '2026-02-28' });
	const partner = await addAccount(fresh, { sectionId: section_id, role: 'partner' });
	const ctx = contextOf(fresh, here.manager);
	const figures: Seen[][] = [];
	/** What an outside reader's pages say of targets now; everybody reads the same. */
	const look = async () => {
		const mine = await listPublishedReach(contextOf(fresh, partner), { today: TODAY }, 'en');
		const [network] = await listNetworkReach(asNetwork(fresh), TODAY, 'en');
		for (const { id, peopleCount } of network!.targets)
			expect(mine.find((one) => one.id === id)!.peopleCount).toBe(peopleCount);
		for (const { startsOn, endsOn, peopleCount, participationCount } of mine) {
			expect(participationCount).toBe(null);
			if (peopleCount === null) continue;
			const published = await listSnapshots(asNetwork(fresh), 'en');
			const within = published.filter(
				({ period, peopleCount }) =>
					peopleCount > 0 && `${period}-01` >= startsOn && `${period}-28` <= endsOn
			);
			const tags = within.map(({ number }) => `${number}`);
			figures.push([shown('everybody', atomsOf(FINE, EVERYBODY, tags), peopleCount)]);
		}
	};
	for (const [at, month] of MONTHS.entries()) {
		await came(here, `${month}-06`, 12 + at, { sex: 'f', birth_year: 2016 });
		await came(here, `${month}-06`, 3, { sex: 'm', birth_year: 2018 });
		await came(there, `${month}-07`, at === 1 ? 2 : 14, { sex: 'f', birth_year: 1990 });
		await look();
		const layout = LAYOUTS[(at * 2) % LAYOUTS.length]!;
		const input = { month, layout, final: 'yes' } as const;
		const { ok } = await publishMonth(ctx, input, { once: newId(), today: TODAY });
		expect(ok).toBe(true);
		await look();
		// Registers that come late, of the month just published and of those before it.
		await came(there, `${month}-20`, 1, { sex: 'm', birth_year: 2010 });
		await look();
		await correct(here);
		await look();
	}
	expect(givenAway([...(await files()), ...figures])).toEqual([]);
	expect(figures.length).toBeGreaterThan(20);
});

/** A held session of so many people nobody has seen before. */
async function came(
	at: Setting,
	date: string,
	count: number,
	kind: { sex: 'f' | 'm'; birth_year: number }
): Promise<void> {
	const session_id = await addSession(fresh, await aCycle(fresh, at), { date, status: 'held' });
	for (let n = 0; n < count; n += 1) {
		const person_id = await addMember(fresh, at);
		await fresh.db.updateTable('person').set(kind).where('id', '=', person_id).execute();
		await fresh.db
			.insertInto('mark')
			.values({ session_id, person_id, section_id: at.sectionId, code: 'present' })
			.execute();
	}
	await keepCounts(fresh.db, at.sectionId, { sessions: [session_id] });
}

/** Somebody marked as there was not, and somebody's year of birth was another. */
async function correct({ sectionId }: Setting): Promise<void> {
	const [gone, other] = await fresh.db
		.selectFrom('mark')
		.select(['session_id', 'person_id'])
		.where('code', '=', 'present')
		.orderBy('person_id', 'desc')
		.limit(2)
		.execute();
	await fresh.db
		.updateTable('mark')
		.set({ code: 'absent' })
		.where('person_id', '=', gone!.person_id)
		.execute();
	await fresh.db
		.updateTable('person')
		.set({ birth_year: 2012 })
		.where('id', '=', other!.person_id)
		.execute();
	await keepCounts(fresh.db, sectionId, { people: [gone!.person_id] });
}

/** What every file tells, and that it holds no small number itself. */
async function files(): Promise<Seen[][]> {
	const told: Seen[][] = [];
	for (const { id, number, layout, peopleCount } of await listSnapshots(asNetwork(fresh), 'en')) {
		const wanted = { snapshot: id, tags: 'none' } as const;
		const [sheet, totals, notes] = (await readSnapshot(asNetwork(fresh), wanted, 'en'))!;
		const cells = [...cellsIn(sheet!, false), ...cellsIn(totals!, true)];
		for (const { count } of cells) expect(count === null || count >= 10).toBe(true);
		const zerosHidden = notes!.rows.some(([line]) => line === m.report_zeros_hidden());
		const frozen = { peopleCount, zerosHidden, cells };
		told.push(...toldBy(FINE, structure(layout), frozen, [`${number}`]));
	}
	return told;
}

function cellsIn({ rows }: Table, isTotal: boolean): SheetCell[] {
	const text = (value: unknown) => (value === null ? null : String(value));
	return rows.map((row) => {
		const place = [BEIRUT, ZAHLE, { adm1: 'LB2', adm2: null }].find(
			({ adm1, adm2 }) => (adm2 ?? adm1) === row[4]
		);
		return {
			place: place ?? null,
			...{ group: text(row[7]), sex: text(row[8]), age: text(row[9]) },
			...{ isTotal, count: row[10] === null ? null : Number(row[10]) }
		};
	});
}
