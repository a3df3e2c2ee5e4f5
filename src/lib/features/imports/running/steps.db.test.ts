import fc from 'fast-check';
import type { RootOperationNode } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { Cell, SheetTable } from '#lib/platform/sheets/types.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import {
	addImport,
	check,
	contentsApart,
	run,
	sheetsOf,
	through,
	undo
} from '#tests/factories/imports.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addCentre, addRoom, contextOf } from '#tests/factories/rows.ts';
import { cancelRun, decide, goOn, startCheck, startRun, startUndo } from '../progress.server.ts';
import { findImport } from '../queries.server.ts';
import type { ImportKind } from '../types.ts';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;

async function begin(): Promise<void> {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
}
beforeEach(begin);

function bring(kind: ImportKind, tables: SheetTable[], by = ctx): Promise<string> {
	return addImport(by, {
		kind,
		tables,
		tune: (setup) => {
			setup.options.centreId = here.centreId;
			setup.marks.forEach((mark) => (mark.meaning ??= 'present'));
		}
	});
}

function children(count: number, first = 0): SheetTable[] {
	const rows = Array.from({ length: count }, (_, at): Cell[] => [
		`${wordOf(first + at)} ${wordOf(7 * (first + at) + 3)}`,
		(first + at) % 2 ? 'f' : 'm',
		2010 + ((first + at) % 6)
	]);
	return sheetsOf([['Name', 'Sex', 'Year of birth'], ...rows]);
}

/** A word of letters for a number, another for each. */
function wordOf(number: number): string {
	const letters = [...String(number)].map((digit) => 'bdfgklmnrt'[Number(digit)]).join('a');
	return `S${letters}u`;
}

async function countPeople(): Promise<number> {
	return (await fresh.db.selectFrom('person').select('id').execute()).length;
}

const env = () => ({ db: fresh.db, ring: fresh.ring, clock: () => ctx.now });

/** One step, or as few as there are in no time. */
async function oneStep(id: string): Promise<void> {
	const before = await findImport(ctx, id);
	for (let budget = 1; (await findImport(ctx, id))!.position === before!.position; budget *= 2)
		await goOn(env(), id, budget);
}

describe('a run', () => {
	it('that is cancelled leaves nothing behind', async () => {
		const before = await contentsApart(fresh.db);
		const id = await bring('people', children(600));
		const { version } = await check(ctx, id);
		await startRun(ctx, id, { once: newId(), version });
		await oneStep(id);
		expect(await countPeople()).toBeGreaterThan(0);
		expect(await cancelRun(ctx, id, { once: newId() })).toMatchObject({ ok: true });
		expect(await through(ctx, id)).toBe('undone');
		expect(await contentsApart(fresh.db)).toBe(before);
		expect(await fresh.db.selectFrom('import_row').selectAll().execute()).toEqual([]);
		expect(await fresh.db.selectFrom('import_change').selectAll().execute()).toEqual([]);
	});

	it('is taken once by two processes that go on with it at the same time', async () => {
		const id = await bring('people', children(600));
		await startCheck(ctx, id, { once: newId() });
		await Promise.all([through(ctx, id), through(ctx, id), through(ctx, id)]);
		const checked = (await findImport(ctx, id))!;
		expect(checked.counts.verdicts).toEqual({ new: 600 });
		await startRun(ctx, id, { once: newId(), version: checked.version });
		await Promise.all([through(ctx, id), through(ctx, id), through(ctx, id)]);
		expect(await countPeople()).toBe(600);
		expect((await findImport(ctx, id))!.counts.verdicts).toEqual({ new: 600 });
		await startUndo(ctx, id, { once: newId() });
		await Promise.all([through(ctx, id), through(ctx, id)]);
		expect(await countPeople()).toBe(0);
		const done = await fresh.db
			.selectFrom('audit')
			.select(['actor_kind', 'actor_id', 'action'])
			.where('actor_kind', '<>', 'staff')
			.orderBy('seq')
			.execute();
		const job = { actor_kind: 'job', actor_id: here.coordinator.id };
		expect(done).toEqual([
			{ ...job, action: 'run import' },
			{ ...job, action: 'undo import' }
		]);
	});

	it('of one list beside another with the same children makes each of them once', async () => {
		const other = contextOf(
			fresh,
			await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' })
		);
		const [one, two] = [
			await bring('people', children(300)),
			await bring('people', children(300, 100), other)
		];
		await check(ctx, one);
		await check(other, two);
		await Promise.all([run(ctx, one), run(other, two)]);
		expect(await countPeople()).toBe(400);
	});

	it('stands still when who began it may no longer import, and can be taken back by others', async () => {
		const id = await bring('people', children(600));
		const { version } = await check(ctx, id);
		await startRun(ctx, id, { once: newId(), version });
		await oneStep(id);
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: ctx.now })
			.where('id', '=', here.coordinator.id)
			.execute();
		const there = await countPeople();
		expect(await through(ctx, id)).toBe('running');
		expect(await countPeople()).toBe(there);
		const admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
		await cancelRun(contextOf(fresh, admin), id, { once: newId() });
		expect(await through(ctx, id)).toBe('undone');
		expect(await countPeople()).toBe(0);
	});
});

describe('the pace', () => {
	it('is less after a slow step and more after a quick one, in all an import does', async () => {
		const slow = await sizesOf({ stepMs: 40 });
		const quick = await sizesOf({ stepMs: 1 });
		for (const what of ['judged', 'written', 'forgotten'] as const) {
			const [first, second] = slow[what];
			expect(second, what).toBeLessThan(first!);
			expect(quick[what][0], what).toBe(first);
			expect(quick[what][1], what).toBeGreaterThan(first!);
		}
	});

	it('keeps no count twice when a check dies between what it keeps', async () => {
		const id = await bring('people', children(100));
		const broken = fresh.db.updateTable('import_row').where('position', '=', 80);
		const { cells_sealed } = await fresh.db
			.selectFrom('import_row')
			.select('cells_sealed')
			.where('import_id', '=', id)
			.where('position', '=', 80)
			.executeTakeFirstOrThrow();
		await broken.set({ cells_sealed: 'nothing that opens' as never }).execute();
		await startCheck(ctx, id, { once: newId() });
		const still = { ...env(), stopwatch: () => 0 };
		await expect(goOn(still, id, 1)).rejects.toThrow();
		const verdicts = fresh.db.selectFrom('import_row').select('verdict');
		expect((await verdicts.where('verdict', 'is not', null).execute()).length).toBeGreaterThan(0);
		expect((await findImport(ctx, id))!.position).toBe(0);
		await broken.set({ cells_sealed }).execute();
		await through(ctx, id);
		expect((await findImport(ctx, id))!.counts.verdicts).toEqual({ new: 100 });
	});
});

describe('what may be asked of an import', () => {
	it('is refused at another stage, of another version and out of reach', async () => {
		const id = await bring('people', children(3));
		const once = newId;
		expect(await startRun(ctx, id, { once: once(), version: 1 })).toEqual({
			ok: false,
			refusal: { reason: 'wrong_stage', stage: 'columns' }
		});
		expect(await startUndo(ctx, id, { once: once() })).toMatchObject({ ok: false });
		const { version } = await check(ctx, id);
		expect(await startRun(ctx, id, { once: once(), version: version - 1 })).toEqual({
			ok: false,
			refusal: { reason: 'changed_meanwhile' }
		});
		const { coordinator } = await aSetting(fresh, { sectionId: here.sectionId });
		const stranger = contextOf(fresh, coordinator);
		for (const asked of [
			startCheck(stranger, id, { once: once() }),
			startRun(stranger, id, { once: once(), version }),
			startUndo(stranger, id, { once: once() }),
			cancelRun(stranger, id, { once: once() }),
			decide(stranger, id, { once: once(), position: null, decision: 'new' })
		])
			expect(await asked).toEqual({ ok: false, refusal: { reason: 'not_found' } });
	});

	it('keeps within the centres of who made it', async () => {
		const elsewhere = await addCentre(fresh, here.sectionId, 'Elsewhere');
		await addRoom(fresh, { sectionId: here.sectionId, centreId: elsewhere });
		const id = await bring(
			'people',
			sheetsOf([
				['Name', 'Sex', 'Year of birth', 'Centre'],
				['Nour Haddad', 'f', 2015, 'Elsewhere']
			])
		);
		const checked = await check(ctx, id);
		expect(checked.counts).toMatchObject({
			verdicts: { out: 1 },
			problems: [{ code: 'centre_unknown', cells: ['D2'] }]
		});
	});
});

/**
 * Names that repeat, are spelled otherwise and lack, few enough that files overlap. Sex and year are there: a
 * row without them is left out while nobody here can say them, and counts once somebody can.
 */
const aChild = fc.record({
	name: fc.constantFrom(
		'Nour Haddad',
		'نور حداد',
		'Rami Khoury',
		'Aya Saab',
		'Ayah Saab',
		'Zein Ali',
		null
	),
	sex: fc.constantFrom('f', 'm'),
	birth: fc.constantFrom<Cell>(2013, 2014, '٢٠١٤'),
	number: fc.constantFrom<Cell>('1', '2', null, null, null),
	cohort: fc.constantFrom<Cell>('Cedars', 'Pines', null),
	guardian: fc.constantFrom<Cell>('Hala', 'Mona', null),
	phone: fc.constantFrom<Cell>('03 123 456', '71 222 333', null),
	marks: fc.array(fc.constantFrom<Cell>('P', 'A', 'L', null), { minLength: 3, maxLength: 3 })
});
type Child = typeof aChild extends fc.Arbitrary<infer T> ? T : never;

const aFile = fc.record({
	kind: fc.constantFrom('people', 'registers', 'cohorts'),
	sheets: fc.array(fc.array(aChild, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 2 })
});
type File = typeof aFile extends fc.Arbitrary<infer T> ? T : never;

function tablesOf({ kind, sheets }: File): SheetTable[] {
	const head = ['Name', 'Sex', 'Year of birth', 'ID', 'Group', 'Guardian', 'Phone'];
	const days = ['01/03/2026', '08/03/2026', '15/03/2026'];
	const rowOf = (child: Child): Cell[] => [
		...[child.name, child.sex, child.birth, child.number, child.cohort],
		...(kind === 'registers' ? child.marks : [child.guardian, child.phone])
	];
	if (kind === 'cohorts')
		return sheetsOf(
			...sheets.map((rows): Cell[][] => [
				['Group', 'Capacity', 'Age from', 'Age to'],
				...rows.map(({ cohort, number, birth }): Cell[] => [
					...[cohort, number === '1' ? 30 : 40, 8, birth === 2013 ? 12 : 10]
				])
			])
		);
	return sheetsOf(
		...sheets.map((rows): Cell[][] => [
			kind === 'registers' ? [...head.slice(0, 5), ...days] : head,
			...rows.map(rowOf)
		])
	);
}

describe('whatever is in a file', () => {
	it('the same file twice changes nothing, and undo in reverse gives back what was before', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(aFile, { minLength: 1, maxLength: 2 }), async (files) => {
				await begin(); // a failure must not leave its rows to the next, smaller example
				const befores: { id: string; contents: string }[] = [];
				for (const file of files) {
					const contents = await contentsApart(fresh.db);
					const id = await bring(file.kind as ImportKind, tablesOf(file));
					befores.push({ id, contents });
					await check(ctx, id);
					await decide(ctx, id, { once: newId(), position: null, decision: 'same' });
					expect((await run(ctx, id)).stage).toBe('done');
					const after = await contentsApart(fresh.db);
					const again = await bring(file.kind as ImportKind, tablesOf(file));
					const { verdicts } = (await check(ctx, again)).counts;
					if (verdicts.maybe) continue; // there is something left to decide
					expect([verdicts.new ?? 0, verdicts.changed ?? 0]).toEqual([0, 0]);
					await run(ctx, again);
					expect(await contentsApart(fresh.db)).toBe(after);
				}
				for (const { id, contents } of befores.toReversed()) {
					expect((await undo(ctx, id)).counts.stayed).toBe(0);
					expect(await contentsApart(fresh.db)).toBe(contents);
				}
			}),
			{ numRuns: 6 }
		);
	}, 120_000);
});

describe('statements of a file that fits into one step', () => {
	it.each(['people', 'registers'] as const)('of %s do not grow with its rows', async (kind) => {
		const few = await statementsFor(kind, 2);
		const many = await statementsFor(kind, 19);
		expect(many).toBe(few);
	});
});

/** Rows each step took on when every look at the stopwatch is so many milliseconds after the last. */
async function sizesOf({ stepMs }: { stepMs: number }) {
	await begin();
	const sizes = { judged: [] as number[], written: [] as number[], forgotten: [] as number[] };
	let upserted: number[] = sizes.judged;
	const nodes = new WeakMap<object, RootOperationNode>();
	const db = fresh.db.withPlugin({
		transformQuery: ({ node, queryId }) => {
			nodes.set(queryId, node);
			return node;
		},
		transformResult: ({ result, queryId }) => {
			const node = nodes.get(queryId)!;
			const count = Number(result.numAffectedRows);
			if (node.kind === 'InsertQueryNode' && names(node.into, 'import_row')) upserted.push(count);
			if (node.kind === 'DeleteQueryNode' && names(node.from, 'import_row'))
				sizes.forgotten.push(count);
			return Promise.resolve(result);
		}
	});
	const id = await bring('people', children(600));
	let now = 0;
	const slow = { ...env(), db, stopwatch: () => (now += stepMs) };
	await startCheck(ctx, id, { once: newId() });
	await goOn(slow, id, Infinity);
	upserted = sizes.written;
	const { version } = (await findImport(ctx, id))!;
	await startRun(ctx, id, { once: newId(), version });
	await goOn(slow, id, Infinity);
	return sizes;
}

function names(node: object | undefined, table: string): boolean {
	return JSON.stringify(node ?? null).includes(`"${table}"`);
}

async function statementsFor(kind: ImportKind, count: number): Promise<number> {
	await begin();
	const [head, ...rows] = children(count)[0]!.rows;
	const more =
		kind === 'people' ? ['Group', 'Guardian', 'Phone'] : ['Group', '01/03/2025', '08/03/2025'];
	const cells = kind === 'people' ? ['Cedars', 'Hala', '03 123 456'] : ['Cedars', 'P', 'A'];
	const id = await bring(
		kind,
		sheetsOf([[...head!, ...more], ...rows.map((row) => [...row, ...cells])])
	);
	let statements = 0;
	const db = fresh.db.withPlugin({
		transformQuery: ({ node }) => {
			statements += 1;
			return node;
		},
		transformResult: ({ result }) => Promise.resolve(result)
	});
	await check({ ...ctx, db }, id);
	await run({ ...ctx, db }, id);
	expect(await countPeople()).toBe(count);
	return statements;
}
