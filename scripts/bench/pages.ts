import { Agent, request } from 'node:http';
import {
	CAST,
	COHORTS,
	OPEN_CODE,
	ROADMAPS,
	roomId,
	VERSIONS
} from '../../src/lib/features/example/cast.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { cookieName, startLogin } from '../../src/lib/platform/login/sessions.ts';
import { NOW, settled, TODAY } from './example.ts';
import type { Measured } from './table.ts';

/** Rounds before those that count: the first request of a page compiles what it needs. */
const WARM_UP = 2;
/** No new round begins after this, however few there were. */
const LONGEST_MS = 100_000;

export interface Page {
	name: string;
	path: string;
	/** null: nobody is logged in. */
	as: keyof typeof CAST | null;
}

/** Pages that say how many people were reached. */
export const PAGES_OF_TOTALS: readonly Page[] = [
	{ name: '/targets, manager', path: '/targets', as: 'manager' },
	{ name: '/targets, network', path: '/targets', as: 'network' }
];

/** Asks for every page once a round, one request at a time, so that a busy moment slows all of them alike. */
export async function measurePages(origin: string, db: Db, rounds: number): Promise<Measured[]> {
	return askEach(origin, db, await pagesOf(db), rounds);
}

/** The same for some pages. */
export async function askEach(
	origin: string,
	db: Db,
	pages: readonly Page[],
	rounds: number
): Promise<Measured[]> {
	await settled(db);
	const cookies = await logins(db, origin);
	const measured = pages.map(({ name }): Measured => ({ name, ms: [], bytes: 0 }));
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const startedAt = performance.now();
	for (let round = -WARM_UP; round < rounds; round++) {
		if (performance.now() - startedAt > LONGEST_MS) break;
		for (const [i, page] of pages.entries()) {
			const cookie = page.as ? cookies[page.as] : '';
			const { ms, bytes } = await ask(agent, origin, page.path, { cookie });
			measured[i]!.bytes = bytes;
			if (round >= 0) measured[i]!.ms.push(ms);
		}
	}
	agent.destroy();
	return measured;
}

async function pagesOf(db: Db): Promise<Page[]> {
	const session = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', TODAY)
		.executeTakeFirstOrThrow();
	const answered = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select('session.id')
		.where('session.cohort_id', '=', COHORTS.cedars)
		.where('code.closed_at', 'is not', null)
		.executeTakeFirstOrThrow();
	return [
		{ name: '/healthz', path: '/healthz', as: null },
		{ name: '/login', path: '/login', as: null },
		{ name: '/today', path: '/today', as: 'facilitator' },
		{ name: '/calendar', path: '/calendar', as: 'facilitator' },
		{ name: '/calendar, manager', path: '/calendar', as: 'manager' },
		{ name: '/cohorts', path: '/cohorts', as: 'facilitator' },
		{ name: '/cohorts, coordinator', path: '/cohorts', as: 'coordinator' },
		{ name: '/cohorts/plan', path: `/cohorts/plan?${wish()}`, as: 'facilitator' },
		{ name: '/people, coordinator', path: '/people', as: 'coordinator' },
		{ name: '/sessions/ID', path: `/sessions/${session.id}`, as: 'facilitator' },
		{ name: '/s/CODE', path: `/s/${OPEN_CODE}`, as: null },
		{ name: '/voices, manager', path: '/voices', as: 'manager' },
		{ name: '/voices/ID, manager', path: `/voices/${answered.id}`, as: 'manager' },
		{ name: '/roadmaps/ID, manager', path: `/roadmaps/${ROADMAPS.lebanon}`, as: 'manager' },
		...PAGES_OF_TOTALS,
		{ name: '/exports, manager', path: '/exports', as: 'manager' }
	];
}

/** A whole wish with its clashes: Rana has another cohort at that time on Thursdays. */
function wish(): URLSearchParams {
	return new URLSearchParams([
		['cohort', COHORTS.butterflies],
		['version', VERSIONS.incredibleMe],
		['weekday', '1'],
		['weekday', '4'],
		['time', '15:00'],
		['room', roomId(1, 2)],
		['with', CAST.facilitator.id],
		['from', TODAY]
	]);
}

/** Cookies of accounts that are logged in. */
export async function logins(
	db: Db,
	origin: string
): Promise<Partial<Record<keyof typeof CAST, string>>> {
	const cookies: Partial<Record<keyof typeof CAST, string>> = {};
	for (const name of ['facilitator', 'coordinator', 'manager', 'admin', 'network'] as const)
		cookies[name] = `${cookieName(origin)}=${await startLogin(db, CAST[name].id, Date.parse(NOW))}`;
	return cookies;
}

/**
 * Milliseconds from sending to the last byte, and the bytes as they came; throws on any answer of another status.
 * `from`: the address a proxy names.
 */
export function ask(
	agent: Agent,
	origin: string,
	path: string,
	{
		cookie = '',
		from,
		statuses = [200]
	}: { cookie?: string | undefined; from?: string; statuses?: readonly number[] } = {}
) {
	const { host, port } = new URL(origin);
	const headers = {
		host,
		cookie,
		'accept-encoding': 'br, gzip',
		'accept-language': 'en',
		...(from && { 'x-forwarded-for': from })
	};
	const sentAt = performance.now();
	return new Promise<{ ms: number; bytes: number; status: number }>((resolve, reject) => {
		request({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('error', reject);
			response.on('end', () => {
				const status = response.statusCode ?? 0;
				if (statuses.includes(status)) resolve({ ms: performance.now() - sentAt, bytes, status });
				else reject(new Error(`${path} answered ${status}`));
			});
		})
			.on('error', reject)
			.end();
	});
}
