import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, COHORTS, FURTHER_FACILITATORS } from '#lib/features/example/cast.ts';
import { ask, backstage, contentsOf, post, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** What forms must withstand: `__superform_json` bombs, broken bodies, and whatever a generator thinks of. */
let app: RunningApp;
let stage: Backstage;
let sessionId: string;
/** Every post from another address and account: how often one may post is not the matter here. */
let cookies: string[];
let turn = 0;

beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } });
	stage = backstage(app);
	cookies = await Promise.all(FURTHER_FACILITATORS.map(({ id }) => stage.logIn(id)));
	const session = await stage.db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.executeTakeFirstOrThrow();
	sessionId = session.id;
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

const URLENCODED = 'application/x-www-form-urlencoded';
const ACTIONS = {
	'the login': () => '/login?/login',
	'an example login': () => '/login?/example',
	'the planner': () => '/cohorts/plan?/confirm',
	'the settings': () => '/settings?/save',
	'a register': () => `/sessions/${sessionId}?/record`
};

async function send(path: string, body: string | Buffer, type: string | null = URLENCODED) {
	turn += 1;
	return ask(app, path, {
		method: 'POST',
		from: `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn & 255}`,
		cookie: cookies[turn % cookies.length]!,
		headers: {
			origin: app.origin,
			accept: 'text/html',
			...(type !== null && { 'content-type': type })
		},
		body
	});
}

function json(text: string, more = ''): string {
	return `__superform_json=${encodeURIComponent(text)}${more}`;
}

const bounded = `email=a%40example.org&password=x&${'x'.repeat(100)}=1`;
const BODIES: [string, string | Buffer, (string | null)?][] = [
	['an endless list', json('[{"weekday":1,"with":1,"email":1},[-7,5000000]]')],
	['an endless list and its id', json('[{"move":1},[-7,5000000]]', '&__superform_id=plan')],
	['a list for a root', json('[[1],"x"]')],
	['a sparse root', json('[[-7,20,0,1],"x"]')],
	['an endless root', json('[[-7,5000000,0,1],"x"]')],
	['a root inside itself', json('[{"email":0,"password":0,"cohort":0,"mark":0}]')],
	['json that is none', json('[{')],
	['json of numbers', json('-3')],
	['a list of files', '__superform_file_x=1&__superform_files_y=1'],
	['nothing', ''],
	['no body at all', '', null],
	['ten thousand fields', Array.from({ length: 10_000 }, (_, at) => `f${at}=1`).join('&')],
	['one field ten thousand times', 'with=a&'.repeat(10_000)],
	[
		'marks for ten thousand',
		Array.from({ length: 10_000 }, (_, at) => `mark.${at}=present`).join('&')
	],
	['a name too long', `${'n'.repeat(100_000)}=1`],
	['a name just long enough', bounded],
	['a value too long', `email=${'v'.repeat(400_000)}`],
	['a password too long', `email=a%40example.org&password=${'v'.repeat(19_000)}`],
	['NUL', 'email=%00a%00&password=%00&cohort=%00&locale=%00&kept=%00&once=%00&version=%00'],
	[
		'bytes that are no UTF-8',
		Buffer.from('email=\xff\xfe&password=\xc3\x28&cohort=\xed\xa0\x80', 'latin1')
	],
	['escapes that are no UTF-8', 'email=%ff%fe&password=%c3%28&cohort=%ed%a0%80&%ff=%'],
	['the names of JavaScript', '__proto__=1&constructor=1&prototype=1&toString=1&hasOwnProperty=1'],
	[
		'the names of JavaScript, deeper',
		'mark.__proto__=present&mark.constructor=present&mark.=1&.=1&..=1'
	],
	['an empty name', '=1&=&&&=2'],
	['directions and joiners', `email=${encodeURIComponent('‮a‍\u{1F469}\uFEFF')}`],
	['multipart without its border', '--x\r\n', 'multipart/form-data'],
	['multipart with another border', '--y\r\n\r\n--y--', 'multipart/form-data; boundary=x'],
	[
		'multipart cut short',
		'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na',
		'multipart/form-data; boundary=x'
	],
	[
		'multipart with a file',
		'--x\r\nContent-Disposition: form-data; name="email"; filename="a"\r\nContent-Type: text/plain\r\n\r\na\r\n--x--\r\n',
		'multipart/form-data; boundary=x'
	],
	[
		'multipart with a broken head',
		'--x\r\nContent-Disposition: form-data; name="\r\n\r\na\r\n--x--\r\n',
		'multipart/form-data; boundary=x'
	],
	['text', 'email=a', 'text/plain'],
	['json', '{"email":"a"}', 'application/json'],
	['bytes', Buffer.alloc(1000, 0), 'application/octet-stream'],
	['a type nobody knows', 'email=a', 'x/y; z'],
	['a type that is empty', 'email=a', '']
];

/** It still answers, from the process that was started. */
async function expectAlive(): Promise<void> {
	expect((await ask(app, '/readyz')).status).toBe(200);
	expect(() => process.kill(app.pid, 0)).not.toThrow();
}

describe.each(Object.entries(ACTIONS))('%s withstands', (_, path) => {
	let before: string;
	beforeAll(async () => {
		before = await contentsOf(stage.db);
	});

	it.each(BODIES)('%s', async (_name, body, type = URLENCODED) => {
		const { status } = await send(path(), body, type);
		expect([303, 400, 404, 409, 413, 415, 422]).toContain(status);
		await expectAlive();
	});

	it('all of it without a change', async () => {
		expect(await contentsOf(stage.db)).toBe(before);
	});
});

it('withstands NUL and broken escapes in an address', async () => {
	const paths = [
		'/sessions/%00',
		'/cohorts/%00',
		'/calendar?centre=%00',
		'/cohorts/plan?cohort=%00'
	];
	const odd = [
		'/sessions/%ff',
		'/today?kept=%00',
		'/calendar?date=%ff',
		'/cohorts/plan?from=9999-99-99'
	];
	for (const path of [
		...paths,
		...odd,
		'/cohorts/plan?from=9999-12-31&weekday=1',
		'/cohorts/plan?weekday=x&weekday=99',
		'/calendar?date=9999-12-31'
	]) {
		const { status } = await ask(app, path, { cookie: cookies[0]! });
		expect(status, path).toBeLessThan(500);
	}
	await expectAlive();
});

it('says of a missing choice that it is missing, and chooses nothing', async () => {
	const cookie = await stage.logIn(CAST.facilitator.id);
	const before = await contentsOf(stage.db);
	const fields = { name: 'Amal', birthYear: '2016' };
	const answer = await post(app, `/cohorts/${COHORTS.butterflies}?/enrol`, fields, cookie);
	expect(answer.status).toBe(422);
	expect((await post(app, '/settings?/save', {}, cookie)).status).toBe(422);
	expect(await contentsOf(stage.db)).toBe(before);
});

it('never answers 5xx to a generated form', async () => {
	const names = fc.oneof(
		fc.constantFrom(
			'email',
			'password',
			'cohort',
			'weekday',
			'with',
			'move',
			'from',
			'time',
			'once'
		),
		fc.constantFrom(
			'version',
			'headcount',
			'mark.a',
			'mark.',
			'locale',
			'theme',
			'kept',
			'__superform_json'
		),
		fc.string({ unit: 'binary', maxLength: 120 })
	);
	const values = fc.oneof(
		fc.constantFrom(
			'',
			'1',
			'-1',
			'1e999',
			'present',
			'NaN',
			'2026-02-30',
			'24:00',
			'fr',
			'dark',
			'١٢'
		),
		fc.constantFrom('1~2026-05-04~15:00~a', '0~9999-12-31~23:59~z', '[[-7,5000000,0,1],"x"]'),
		fc.uuid(),
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.json({ maxDepth: 4 })
	);
	const border = '--x';
	const form = fc.array(fc.tuple(names, values), { maxLength: 30 });
	const bodies = fc.oneof(
		{ weight: 4, arbitrary: form.map((pairs) => [urlencoded(pairs), URLENCODED] as const) },
		{
			weight: 2,
			arbitrary: form.map(
				(pairs) =>
					[
						`${pairs.map(([name, value]) => `${border}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}${border}--\r\n`,
						'multipart/form-data; boundary=x'
					] as const
			)
		},
		fc.uint8Array({ maxLength: 500 }).map((bytes) => [Buffer.from(bytes), URLENCODED] as const),
		fc
			.uint8Array({ maxLength: 500 })
			.map((bytes) => [Buffer.from(bytes), 'multipart/form-data; boundary=x'] as const)
	);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...Object.values(ACTIONS)),
			bodies,
			async (path, [body, type]) => {
				const { status } = await send(path(), body, type);
				expect(status).toBeLessThan(500);
				expect(status).not.toBe(429);
			}
		),
		{ numRuns: 400 }
	);
	await expectAlive();
});

/** Also of what is not well-formed: a lone surrogate becomes U+FFFD, as in a browser. */
function urlencoded(pairs: [string, string][]): string {
	return new URLSearchParams(pairs).toString();
}
