import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CAST } from '../../src/lib/features/example/cast.ts';
import { NOTHING, ofOne, plus, type Count } from '../counts.ts';
import { heading, ROOT } from '../parts.ts';
import { environmentOf, installPair, pairHere, type Pair } from './pairs.ts';
import { npmStart, type Started } from './started.ts';

/** Pairs as they come: Debian 12, the long-term lines of Node with the npm inside, and this machine's. */
const SUPPORTED = [
	['18.20.8', '9.2.0'],
	['20.20.2', '10.8.2'],
	['22.11.0', '10.9.0'],
	['24.0.0', '11.3.0']
] as const;
const TOO_OLD = [
	['16.20.2', '8.19.4', /^Halqa is not ready\. .*needs Node 18 or newer.*16\.20\.2.*$/m],
	['18.20.8', '8.19.4', /^Halqa is not ready\. .*needs npm 9 or newer.*8\.19\.4.*$/m]
] as const;

/**
 * What the README promises of `npm start`, on clones of what is committed: every supported pair of Node and
 * npm starts one, a pair that is too old reads one line.
 */
export async function freshClones(): Promise<Count> {
	const below = mkdtempSync(join(tmpdir(), 'halqa-clones-'));
	try {
		const pairs = [
			...SUPPORTED.map(([node, npm]) => installPair(below, node, npm)),
			pairHere(below)
		];
		let count = NOTHING;
		for (const pair of pairs) count = plus(count, await startsTwice(pair, below));
		for (const [node, npm, line] of TOO_OLD)
			count = plus(count, await isToldWhy(installPair(below, node, npm), line, below));
		count = plus(count, await survivesOthers(pairs[0]!, pairs[1]!, below));
		console.log(`\nSupported: ${pairs.map(({ title }) => title).join(' · ')}`);
		return count;
	} finally {
		remove(below);
	}
}

async function startsTwice(pair: Pair, below: string): Promise<Count> {
	heading(`a fresh clone with ${pair.title}`);
	const { clone, env } = cloneFor(pair, below);
	const first = await npmStart(clone, env);
	const page = await isServing(first);
	await first.stop();
	const second = await npmStart(clone, env);
	const again = await isServing(second);
	await second.stop();
	remove(clone);
	return [
		check(`starts, and serves somebody logged in${took(first)}`, page, first),
		check(`starts again${took(second)}`, again, second),
		check('without installing or building', !/(Installing|Building)/.test(second.said), second)
	].reduce(plus);
}

async function isToldWhy(pair: Pair, line: RegExp, below: string): Promise<Count> {
	heading(`a fresh clone with ${pair.title}`);
	const { clone, env } = cloneFor(pair, below);
	const started = await npmStart(clone, env);
	const code = await started.stop();
	const told = line.test(started.said) && started.said.match(/Halqa/g)?.length === 1;
	const untouched = !existsSync(join(clone, 'node_modules'));
	remove(clone);
	return check('ends with one line that says what to do', told && untouched && code === 1, started);
}

/** Two starts at once, and packages that somebody installed with another pair. */
async function survivesOthers(pair: Pair, other: Pair, below: string): Promise<Count> {
	heading(`one clone in the hands of ${pair.title} and of ${other.title}`);
	const { clone, env } = cloneFor(pair, below);
	const beside = {
		...environmentOf(other, join(below, 'home')),
		DATABASE_URL: 'sqlite:./data/beside.db',
		HALQA_KEYS: './keys/beside.json'
	};
	const both = await Promise.all([npmStart(clone, env), npmStart(clone, beside)]);
	const [one, two] = both;
	const installed = both.filter(({ said }) => said.includes('Installing packages'));
	const counts = [
		check('starts', await isServing(one), one),
		check('starts at the same time', await isServing(two), two),
		check('is installed once', installed.length === 1, two)
	];
	await Promise.all(both.map((started) => started.stop()));
	execFileSync('npm', ['ci'], { cwd: clone, env: beside, stdio: 'ignore' });
	const after = await npmStart(clone, env);
	const served = await isServing(after);
	await after.stop();
	remove(clone);
	return [...counts, check(`starts after the other's npm ci${took(after)}`, served, after)].reduce(
		plus
	);
}

function cloneFor(pair: Pair, below: string): { clone: string; env: NodeJS.ProcessEnv } {
	const clone = join(below, 'clone');
	execFileSync('git', ['clone', '--quiet', ROOT, clone]);
	return { clone, env: environmentOf(pair, join(below, 'home')) };
}

/** Somebody logs in with one click, and sees the day. */
async function isServing({ origin }: Started): Promise<boolean> {
	if (!origin) return false;
	const login = await fetch(`${origin}/login?/example`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin },
		body: new URLSearchParams({ email: CAST.facilitator.email })
	});
	const cookie = login.headers.getSetCookie().map((line) => line.split(';')[0]);
	const today = await fetch(`${origin}/today`, {
		headers: { cookie: cookie.join('; ') },
		redirect: 'manual'
	});
	return today.status === 200 && (await today.text()).includes('</html>');
}

/** One line for one thing looked at, and what was printed when it is not so. */
function check(title: string, ok: boolean, { said }: Started): Count {
	console.log(`${ok ? '✓' : '✗'} ${title}`);
	if (!ok) console.error(said.slice(-3000));
	return ofOne(ok);
}

function took({ seconds }: Started): string {
	return ` (${seconds.toFixed(1)} s)`;
}

function remove(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
}
