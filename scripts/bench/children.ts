import { existsSync, readFileSync } from 'node:fs';
import { OPEN_CODE } from '../../src/lib/features/example/cast.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { connect, type Answered, type Connection } from './connection.ts';
import { quantile } from './table.ts';

/** How many connections are kept open, each with one request at a time. */
const CONNECTIONS = [1, 8, 64, 512];
const PAGE = `/s/${OPEN_CODE}`;
/** To the first question of the youngest form. */
const ANSWER = 'item=again&answer=yes';
/** The kinds of work take turns, so that a busy moment slows all of them alike. */
const TURNS = 3;
const WARM_UP_MS = 2000;
const KINDS = ['/login', 'screen', 'post', 'screen + post'] as const;

type Kind = (typeof KINDS)[number];

/** How one kind of work went over so many connections. */
export interface MeasuredWork {
	connections: number;
	kind: Kind;
	/** Of each that came, in milliseconds: of a screen with its post, both together. */
	ms: number[];
	seconds: number;
	/** Processor time of the app for all of it, in milliseconds; null where the system does not tell. */
	cpuMs: number | null;
	/** Answers of another status than wanted, and connections that broke. */
	failed: number;
}

interface ServedApp {
	origin: string;
	pid: number;
}

/** A device that has met the first screen. */
interface Device {
	from: string;
	cookie: string;
}

let addressCount = 0;

/**
 * Opens the first screen of a code and answers its first question as devices do that have never been there, each
 * from an address of its own, and asks for `/login` beside. Throws when an answer that was taken is not stored.
 */
export async function measureChildren(
	app: ServedApp,
	db: Db,
	seconds: number
): Promise<MeasuredWork[]> {
	const storedBefore = await countBallots(db);
	const warm = await measureAt(app, CONNECTIONS[1]!, WARM_UP_MS);
	const measured: MeasuredWork[] = [];
	for (const connections of CONNECTIONS)
		measured.push(...(await measureAt(app, connections, seconds * 1000)));
	const taken = [...warm, ...measured]
		.filter(({ kind }) => kind === 'post' || kind === 'screen + post')
		.reduce((sum, { ms }) => sum + ms.length, 0);
	const stored = (await countBallots(db)) - storedBefore;
	if (stored < taken) throw new Error(`${taken} answers were taken and ${stored} are stored`);
	return measured;
}

/** Lines of text: how many came in a second and what share of `/login` that is, then how long they took. */
export function childrenLines(measured: readonly MeasuredWork[]): string {
	return measured
		.map((one) => {
			const login = measured.find(
				({ connections, kind }) => connections === one.connections && kind === '/login'
			)!;
			const share = ((100 * perSecond(one)) / perSecond(login)).toFixed(0);
			const [half, most] = [0.5, 0.99].map((part) => quantile(one.ms, part).toFixed(1));
			const cpu = one.cpuMs === null ? '?' : (one.cpuMs / one.ms.length).toFixed(2);
			return `${String(one.connections).padStart(3)} connections, ${one.kind}: ${perSecond(one).toFixed(0)} per second, ${share} % of /login, p50 ${half} ms, p99 ${most} ms, processor ${cpu} ms each, n ${one.ms.length}, failed ${one.failed}`;
		})
		.join('\n');
}

function perSecond({ ms, seconds }: MeasuredWork): number {
	return ms.length / seconds;
}

async function measureAt(
	app: ServedApp,
	connections: number,
	forMs: number
): Promise<MeasuredWork[]> {
	const measured = KINDS.map((kind): MeasuredWork => {
		return { connections, kind, ms: [], seconds: 0, cpuMs: 0, failed: 0 };
	});
	const met: Device[] = [];
	for (let turn = 0; turn < TURNS; turn += 1)
		for (const one of measured) {
			const isOfStock = one.kind === 'post'; // to the devices that met the first screen before
			await work(app, one, isOfStock ? Infinity : performance.now() + forMs / TURNS, met);
		}
	return measured;
}

/** What a connection does of each kind; nothing when there is no device left to answer on. */
const WORK: Record<Kind, (connection: Connection, met: Device[]) => Promise<unknown> | undefined> =
	{
		'/login': async (connection) =>
			wanted(await connection.ask('GET', '/login', { from: nextAddress() }), 200),
		screen: async (connection, met) => met.push(await open(connection)),
		post: (connection, met) => {
			const device = met.pop();
			return device && answer(connection, device);
		},
		'screen + post': async (connection) => answer(connection, await open(connection))
	};

/** Every connection, freshly opened, does one after the other until the time is over or nothing is left to do. */
async function work(
	{ origin, pid }: ServedApp,
	measured: MeasuredWork,
	until: number,
	met: Device[]
): Promise<void> {
	const all = Array.from({ length: measured.connections }, () => connect(origin));
	const startedAt = performance.now();
	const cpuBefore = cpuMsOf(pid);
	await Promise.all(
		all.map(async (connection) => {
			while (performance.now() < until) {
				const sentAt = performance.now();
				const going = WORK[measured.kind](connection, met);
				if (!going) return;
				try {
					await going;
					measured.ms.push(performance.now() - sentAt);
				} catch {
					measured.failed += 1;
				}
			}
		})
	);
	for (const connection of all) connection.end();
	measured.seconds += (performance.now() - startedAt) / 1000;
	const cpuAfter = cpuMsOf(pid);
	if (cpuBefore === null || cpuAfter === null) measured.cpuMs = null;
	else measured.cpuMs! += cpuAfter - cpuBefore;
}

/** What a process has used of its processors, in milliseconds: the system counts in hundredths of a second. */
function cpuMsOf(pid: number): number | null {
	const stat = `/proc/${pid}/stat`;
	if (!existsSync(stat)) return null;
	const fields = readFileSync(stat, 'utf8').split(') ')[1]!.split(' ');
	return 10 * (Number(fields[11]) + Number(fields[12]));
}

async function open(connection: Connection): Promise<Device> {
	const from = nextAddress();
	const { cookie } = wanted(await connection.ask('GET', PAGE, { from }), 200);
	return { from, cookie };
}

async function answer(connection: Connection, { from, cookie }: Device): Promise<void> {
	wanted(await connection.ask('POST', `${PAGE}?/answer`, { from, cookie, body: ANSWER }), 303);
}

function wanted(answered: Answered, status: number): Answered {
	if (answered.status !== status) throw new Error(`answered ${answered.status}`);
	return answered;
}

function nextAddress(): string {
	const n = (addressCount += 1);
	return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}

async function countBallots(db: Db): Promise<number> {
	const { count } = await db
		.selectFrom('feedback_ballot')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return count;
}
