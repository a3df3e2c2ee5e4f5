import { existsSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { OPEN_CODE } from '../../src/lib/features/example/cast.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { settled } from './example.ts';
import { ask, logins } from './pages.ts';
import { quantile, type Measured } from './table.ts';

/** How many ask for a heavy page at once, each again as soon as it has come. */
const ASKING = 20;
const PROBED = { '/healthz': '/healthz', '/s/CODE': `/s/${OPEN_CODE}` };
/** Ballots opened in a row are slowed: each look at a code comes from a network of its own. */
const FROM = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
const HEAVY = { nobody: null, '/targets': '/targets', '/people/duplicates': '/people/duplicates' };
const PAUSE_MS = 10;

/** What others wait while heavy pages are asked for. */
export interface MeasuredBeside {
	asked: string;
	/** How often a heavy page came in all, and how often the answer was to come again later. */
	came: number;
	refused: number;
	/** How long a heavy page took. */
	heavy: Measured;
	/** How long the pages that others ask for took meanwhile. */
	probed: Measured[];
	/** What the process held in memory at the end, in megabytes; null where the system does not tell. */
	memoryMb: number | null;
}

/** Asks for light pages one at a time while nobody, and then twenty of one account, ask for a heavy one. */
export async function measureBeside(
	{ origin, pid }: { origin: string; pid: number },
	db: Db,
	seconds: number
): Promise<MeasuredBeside[]> {
	await settled(db);
	const { admin: cookie } = await logins(db, origin);
	const measured: MeasuredBeside[] = [];
	for (const [asked, path] of Object.entries(HEAVY)) {
		const stop = new AbortController();
		const heavy = { name: asked, ms: [] as number[], refused: 0 };
		const crowd = Array.from({ length: path ? ASKING : 0 }, () =>
			reload(origin, path!, cookie!, heavy, stop.signal)
		);
		const probed = await probe(origin, seconds * 1000);
		stop.abort();
		await Promise.all(crowd);
		const { refused, ms } = heavy;
		measured.push({ asked, came: ms.length, refused, heavy, probed, memoryMb: memoryOf(pid) });
	}
	return measured;
}

/** Lines of text: half and 99 of 100 answers came within so many milliseconds, and how often that of a quiet moment. */
export function besideLines(measured: MeasuredBeside[]): string {
	const quiet = measured[0]!.probed;
	return measured
		.flatMap(({ asked, came, refused, heavy, probed, memoryMb }) => [
			`${headOf(asked, came, heavy)}, refused ${refused} times; the process holds ${memoryMb ?? '?'} MB`,
			...probed.map((page, at) => {
				const ratio = quantile(page.ms, 0.99) / quantile(quiet[at]!.ms, 0.99);
				return `  ${page.name}: p50 ${inMs(page, 0.5)} ms, p99 ${inMs(page, 0.99)} ms (${ratio.toFixed(1)} × quiet), longest ${inMs(page, 1)} ms, n ${page.ms.length}`;
			})
		])
		.join('\n');
}

function headOf(asked: string, came: number, heavy: Measured): string {
	if (asked === 'nobody') return 'Nobody asks for a heavy page';
	const half = came > 0 ? `, half within ${inMs(heavy, 0.5)} ms` : '';
	return `${ASKING} ask for ${asked}: it came ${came} times${half}`;
}

function memoryOf(pid: number): number | null {
	const status = `/proc/${pid}/status`;
	if (!existsSync(status)) return null;
	return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024);
}

function inMs({ ms }: Measured, share: number): string {
	return quantile(ms, share).toFixed(1);
}

/** Every page by itself, so that a slow one does not keep another from being asked for. */
function probe(origin: string, forMs: number): Promise<Measured[]> {
	return Promise.all(
		Object.entries(PROBED).map(async ([name, path]) => {
			const agent = new Agent({ keepAlive: true, maxSockets: 1 });
			const ms: number[] = [];
			const startedAt = performance.now();
			while (performance.now() - startedAt < forMs) {
				ms.push((await ask(agent, origin, path, { from: FROM(ms.length) })).ms);
				await new Promise((done) => setTimeout(done, PAUSE_MS));
			}
			agent.destroy();
			return { name, ms };
		})
	);
}

async function reload(
	origin: string,
	path: string,
	cookie: string,
	heavy: Measured & { refused: number },
	stop: AbortSignal
): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	while (!stop.aborted) {
		const { ms, status } = await ask(agent, origin, path, { cookie, statuses: [200, 429, 503] });
		if (status === 200) heavy.ms.push(ms);
		else heavy.refused += 1;
	}
	agent.destroy();
}
