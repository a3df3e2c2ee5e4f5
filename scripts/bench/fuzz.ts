import { CAST } from '../../src/lib/features/example/cast.ts';
import { backstage, type Backstage } from '../../tests/access/visiting.ts';
import { ask } from '../../tests/access/visiting.ts';
import { attack } from '../../tests/fuzz/attack.ts';
import { wholeApp } from '../../tests/fuzz/target.ts';
import { startApp, type RunningApp } from '../../tests/harness/app.ts';
import { copyExample, NOW } from './example.ts';
import { forgetPeak, heldBy } from './memory.ts';

const FILE_BYTES = 19 * 1024 * 1024;
const FILES_AT_ONCE = 20;
const BOUNDARY = '----HalqaBoundary7MA4YWxkTrZu0gW';
const POSTS = 200;
const POST_BYTES = 500 * 1024;

export interface Stage {
	name: string;
	/** How often each answer came. */
	answers: string;
	/** Megabytes while it went on and once it was over, above those before the first. */
	peak: number;
	after: number;
}

/**
 * Attacks an app of its own, filled with the small example: files, large posts, then raw requests of a seed.
 * Gives what the process grew by, and what it should not have answered. With `from` only the raw requests from that
 * number on are sent, to see a fault again.
 */
export async function measureAttack(
	folder: string,
	{ requests, seed, from }: { requests: number; seed: number; from?: number | undefined }
): Promise<{ before: number; stages: Stage[]; faults: string[] }> {
	const { url, keyRingFile } = await copyExample('small', folder);
	await using app = await startApp({
		databaseUrl: url,
		env: { HALQA_KEYS: keyRingFile, HALQA_NOW: NOW, HALQA_LOG: 'warn', TRUST_PROXY: '1' }
	});
	const stage = backstage({ ...app, keyRingFile });
	try {
		await settle(app, stage);
		const before = heldBy(app.pid).now;
		const stages: Stage[] = [];
		const during: During = async (name, work) => {
			forgetPeak(app.pid);
			const answers = await work();
			const { now, peak } = heldBy(app.pid);
			stages.push({ name, answers, peak: peak - before, after: now - before });
		};
		if (from === undefined) await sendLarge(during, app, stage);
		let faults: string[] = [];
		await during(`${requests} raw requests`, async () => {
			const target = await wholeApp(app.origin, stage);
			const attacked = await attack({ target, seed, count: requests, from: from ?? 0 });
			faults = attacked.faults.map(
				({ at, why, sent }) => `--seed ${seed} --from ${at} --requests 1: ${why}\n${sent}\n`
			);
			return told(attacked.statuses);
		});
		if (!(await fetch(`${app.origin}/healthz`)).ok) faults.push('/healthz does not answer');
		const troubles = app
			.output()
			.split('\n')
			.filter((line) => /"level":[56]0/.test(line));
		return { before, stages, faults: [...faults, ...troubles] };
	} finally {
		await stage.close();
	}
}

type During = (name: string, work: () => Promise<string>) => Promise<void>;

async function sendLarge(during: During, app: RunningApp, stage: Backstage): Promise<void> {
	const file = listOf(FILE_BYTES);
	await during('one file of 19 MB', () => sendFiles(app, stage, file, 1));
	await during(`${FILES_AT_ONCE} of them at once`, () =>
		sendFiles(app, stage, file, FILES_AT_ONCE)
	);
	await during(`${POSTS} posts of 500 kB`, () => sendPosts(app));
}

/** Pages of everybody, so that what is loaded at first use is there. */
async function settle(app: RunningApp, { logIn }: Backstage): Promise<void> {
	for (const { id } of Object.values(CAST)) {
		const cookie = await logIn(id);
		for (const path of ['/today', '/calendar', '/targets', '/imports', '/voices'])
			await ask(app, path, { cookie, headers: { accept: 'text/html' } });
	}
}

async function sendFiles(
	app: RunningApp,
	{ logIn }: Backstage,
	file: Buffer,
	count: number
): Promise<string> {
	const accounts = [CAST.coordinator, CAST.admin];
	const answers = await Promise.all(
		Array.from({ length: count }, async (_, at) =>
			ask(app, '/imports?/take', {
				method: 'POST',
				cookie: await logIn(accounts[at % accounts.length]!.id),
				headers: {
					origin: app.origin,
					accept: 'text/html',
					'content-type': `multipart/form-data; boundary=${BOUNDARY}`
				},
				body: formWith(file)
			}).then(
				({ status }) => String(status),
				() => 'cut'
			)
		)
	);
	return told(counted(answers));
}

async function sendPosts(app: RunningApp): Promise<string> {
	const body = `email=${'a'.repeat(POST_BYTES)}`;
	const answers = Array.from({ length: POSTS }, (_, at) =>
		ask(app, '/login?/login', {
			method: 'POST',
			from: `10.1.0.${at}`,
			headers: {
				origin: app.origin,
				accept: 'text/html',
				'content-type': 'application/x-www-form-urlencoded'
			},
			body
		}).then(
			({ status }) => String(status),
			() => 'cut'
		)
	);
	return told(counted(await Promise.all(answers)));
}

function formWith(file: Buffer): Buffer {
	const field = (name: string, value: string) =>
		`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
	const start = `${field('kind', 'people')}${field('once', crypto.randomUUID())}--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n`;
	return Buffer.concat([Buffer.from(start), file, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

/** A list of children of so many bytes, in rows of some 380. */
function listOf(bytes: number): Buffer {
	const rows = ['Code;Name;Born;Sex;Centre;Phone;Notes'];
	const notes = 'an invented note '.repeat(16);
	for (let n = 0, size = 0; size < bytes; n++) {
		const row = `EX-${n};طفل المثال ${n};${2010 + (n % 9)}-05-04;F;Example centre 01;03/${100_000 + n};${notes}`;
		size += Buffer.byteLength(row) + 2;
		rows.push(row);
	}
	return Buffer.from(rows.join('\r\n'));
}

function counted(answers: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
	return counts;
}

function told(counts: Map<string, number>): string {
	return [...counts]
		.sort()
		.map(([answer, count]) => `${answer}: ${count}`)
		.join(', ');
}
