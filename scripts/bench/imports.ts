import { CAST } from '../../src/lib/features/example/cast.ts';
import {
	goOn,
	startCheck,
	startRun,
	startUndo
} from '../../src/lib/features/imports/progress.server.ts';
import {
	findImport,
	placesOf,
	sealCells,
	sealSetup
} from '../../src/lib/features/imports/queries.server.ts';
import { NOTHING_COUNTED } from '../../src/lib/features/imports/rules.ts';
import { readSetup } from '../../src/lib/features/imports/reading/setup.ts';
import type { ImportKind } from '../../src/lib/features/imports/types.ts';
import { scopeOf } from '../../src/lib/platform/access/actor.ts';
import { addDays } from '../../src/lib/platform/clock/days.ts';
import type { Context } from '../../src/lib/platform/command/context.ts';
import type { KeyRing } from '../../src/lib/platform/crypto/keyring.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { newId } from '../../src/lib/platform/ids/ids.ts';
import { findActor } from '../../src/lib/platform/login/sessions.ts';
import type { Cell } from '../../src/lib/platform/sheets/types.ts';
import { NOW, TODAY } from './example.ts';

/** Longer than anything takes. */
const FOREVER_MS = 600_000;
const GROUP_SIZE = 20;

/** One stage of one file, measured once: a second time there is nothing to do. */
export interface MeasuredStage {
	file: string;
	stage: string;
	seconds: number;
	rowsPerSecond: number;
	/** The longest the serving thread was kept by one step, in milliseconds. */
	longestMs: number;
	/** The longest a transaction took, in milliseconds. */
	longestCommitMs: number;
	memoryMb: number;
}

/** Checks, runs and takes back a list of children and a register, each as it would come out of a file. */
export async function measureImports(
	db: Db,
	ring: KeyRing,
	{ children, registered }: { children: number; registered: number }
): Promise<MeasuredStage[]> {
	const actor = (await findActor(db, ring, CAST.coordinator.id))!;
	const timed = timing(db);
	const scope = scopeOf(actor, 'import lists')!;
	const ctx = { db: timed.db, ring, actor, scope, now: Date.parse(NOW), timed };
	return [
		...(await measure(ctx, 'people', listOf(children))),
		...(await measure(ctx, 'registers', registerOf(registered)))
	];
}

async function measure(ctx: Timed, kind: ImportKind, rows: Cell[][]): Promise<MeasuredStage[]> {
	const id = await keep(ctx, kind, rows);
	const once = newId;
	const timed = async (stage: string, start: () => Promise<{ ok: boolean }>) => {
		if (!(await start()).ok) throw new Error(`${stage} was refused`);
		const result = await watch(ctx, () => goOn({ ...ctx, clock: () => ctx.now }, id, FOREVER_MS));
		return {
			file: `${kind}, ${rows.length - 1} rows`,
			stage,
			...result,
			rowsPerSecond: (rows.length - 1) / result.seconds
		};
	};
	const checked = await timed('check', () => startCheck(ctx, id, { once: once() }));
	const { version } = (await findImport(ctx, id))!;
	const ran = await timed('run', () => startRun(ctx, id, { once: once(), version }));
	const again = await keep(ctx, kind, rows);
	const second = await watch(ctx, async () => {
		await startCheck(ctx, again, { once: once() });
		await goOn({ ...ctx, clock: () => ctx.now }, again, FOREVER_MS);
	});
	const { counts } = (await findImport(ctx, again))!;
	if (counts.verdicts.same !== rows.length - 1) throw new Error(`twice: ${JSON.stringify(counts)}`);
	const undone = await timed('undo', () => startUndo(ctx, id, { once: once() }));
	return [
		checked,
		ran,
		{
			...checked,
			stage: 'check again',
			...second,
			rowsPerSecond: (rows.length - 1) / second.seconds
		},
		undone
	];
}

type Timed = Context & { timed: Timing };

interface Timing {
	db: Db;
	longestMs: number;
}

/** A database that remembers how long its longest transaction took. */
function timing(db: Db): Timing {
	const timed: Timing = { db, longestMs: 0 };
	timed.db = new Proxy(db, {
		get(target, name) {
			if (name !== 'transaction') {
				const value: unknown = Reflect.get(target, name, target);
				return typeof value === 'function' ? (value.bind(target) as unknown) : value;
			}
			return () => ({
				execute: async (work: Parameters<ReturnType<Db['transaction']>['execute']>[0]) => {
					const startedAt = performance.now();
					const result = await target.transaction().execute(work);
					timed.longestMs = Math.max(timed.longestMs, performance.now() - startedAt);
					return result;
				}
			});
		}
	});
	return timed;
}

async function watch({ timed }: Timed, work: () => Promise<unknown>) {
	timed.longestMs = 0;
	const startedAt = performance.now();
	const memory = process.memoryUsage.rss();
	let [most, longestMs, last] = [memory, 0, startedAt];
	const timer = setInterval(() => {
		const now = performance.now();
		longestMs = Math.max(longestMs, now - last);
		last = now;
		most = Math.max(most, process.memoryUsage.rss());
	}, 1);
	await work();
	clearInterval(timer);
	const seconds = (performance.now() - startedAt) / 1000;
	const longestCommitMs = timed.longestMs;
	return { seconds, longestMs, longestCommitMs, memoryMb: (most - memory) / 1024 / 1024 };
}

async function keep(ctx: Context, kind: ImportKind, rows: Cell[][]): Promise<string> {
	const id = newId();
	const setup = readSetup(kind, [{ name: 'Children', rows }], TODAY);
	setup.options.centreId = (await placesOf(ctx)).centres[0]!.id;
	await ctx.db
		.insertInto('import')
		.values({
			...{ id, section_id: ctx.scope.sectionId, kind, stage: 'columns', file_name_sealed: null },
			...{ digest: 'bench', setup_sealed: sealSetup(ctx.ring, id, setup), position: 0 },
			...{ counts: JSON.stringify(NOTHING_COUNTED), row_count: rows.length, version: 1 },
			...{ created_by: ctx.actor.accountId, created_at: ctx.now, finished_at: null }
		})
		.execute();
	for (let from = 0; from < rows.length; from += 250)
		await ctx.db
			.insertInto('import_row')
			.values(
				rows.slice(from, from + 250).map((cells, at) => ({
					...{ import_id: id, position: from + at, section_id: ctx.scope.sectionId, sheet: 0 },
					...{ row_number: from + at, cells_sealed: sealCells(ctx.ring, id, from + at, cells) },
					...{ match_key: null, verdict: null, person_id: null, decision: null }
				}))
			)
			.execute();
	return id;
}

function listOf(count: number): Cell[][] {
	const head = ['ID', 'Name', 'Born', 'Sex', 'Group', 'Guardian', 'Phone'];
	return [
		head,
		...Array.from({ length: count }, (_, n): Cell[] => [
			...[`EX-${n}`, `${nameOf(n)} ${nameOf(n * 7 + 3)}`, 2010 + (n % 9), n % 2 ? 'F' : 'M'],
			...[`Group ${Math.floor(n / GROUP_SIZE)}`, nameOf(n + 5), `03 ${100_000 + (n % 800_000)}`]
		])
	];
}

/** Twenty children a group, one column for each of forty weeks. */
function registerOf(count: number): Cell[][] {
	const dates = Array.from({ length: 40 }, (_, week) => addDays('2025-01-06', 7 * week));
	return [
		['Name', 'Born', 'Sex', 'Group', ...dates.map((date) => ({ date }))],
		...Array.from({ length: count }, (_, n): Cell[] => [
			...[`${nameOf(n + 1)} ${nameOf(n * 11 + 5)}`, 2010 + (n % 9), n % 2 ? 'F' : 'M'],
			`Class ${Math.floor(n / GROUP_SIZE)}`,
			...dates.map((_, week) => ((n + week) % 7 ? 'P' : 'A'))
		])
	];
}

/** An invented name, another for each number. */
function nameOf(number: number): string {
	const letters = [...String(number)].map((digit) => 'bdfgklmnrt'[Number(digit)]);
	return `S${letters.join('a')}u`;
}
