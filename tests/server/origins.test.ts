import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, COHORTS, PASSWORD, roomId, VERSIONS } from '#lib/features/example/cast.ts';
import { addDays, weekdayOf } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { addOtherCohort, type Others } from '#tests/access/others.ts';
import { ask, backstage, contentsOf, post, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** What another site may make a browser send changes nothing; neither does reading. */
let app: RunningApp;
let stage: Backstage;
let group: Others;
let cookie: string;
let today: string;

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
	today = dateIn('Asia/Beirut', stage.now);
	group = await addOtherCohort(stage, CAST.facilitator.id);
	cookie = await stage.logIn(CAST.coordinator.id);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

type Fields = Record<string, string>;

/** Every action that changes something, with a form that would; in an order in which each still can. */
const CHANGES: [string, () => [path: string, fields: Fields]][] = [
	['planning', () => ['/cohorts/plan?/confirm', plan()]],
	[
		'enrolling',
		() => [`/cohorts/${COHORTS.butterflies}?/enrol`, { name: 'A', birthYear: '2016', sex: 'f' }]
	],
	['recording', () => [`/sessions/${group.session}?/record`, register()]],
	['adding a day', () => ['/settings/closed-days?/add', day()]],
	['confirming a day', () => ['/settings/closed-days?/confirm', { id: group.closedDay }]],
	['removing a day', () => ['/settings/closed-days?/remove', { id: group.closedDay }]],
	['settings', () => ['/settings?/save', { locale: 'fr', theme: 'dark' }]]
];

function plan(): Fields {
	const from = addDays(today, 400);
	return {
		cohort: COHORTS.butterflies,
		version: VERSIONS.incredibleMe,
		weekday: String(weekdayOf(from)),
		time: '15:00',
		room: roomId(1, 1),
		with: CAST.facilitator.id,
		from
	};
}

function register(): Fields {
	return { version: '1', headcount: '1', [`mark.${group.person}`]: 'present' };
}

function day(): Fields {
	return { date: addDays(today, 30), name: 'A', centre: group.centre, certainty: 'confirmed' };
}

const ORIGINS = ['https://elsewhere.example', 'null', undefined];
const TYPES: [string | undefined, (fields: Fields) => string][] = [
	['application/x-www-form-urlencoded', (fields) => new URLSearchParams(fields).toString()],
	['multipart/form-data; boundary=x', multipart],
	['text/plain', (fields) => new URLSearchParams(fields).toString()],
	['application/json', (fields) => JSON.stringify(fields)],
	[undefined, (fields) => new URLSearchParams(fields).toString()]
];

function multipart(fields: Fields): string {
	const parts = Object.entries(fields).map(
		([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
	);
	return `${parts.join('')}--x--\r\n`;
}

async function sendFromElsewhere(path: string, fields: Fields): Promise<number[]> {
	const statuses = [];
	for (const origin of ORIGINS)
		for (const [type, write] of TYPES) {
			const { status } = await ask(app, path, {
				method: 'POST',
				cookie,
				headers: {
					accept: 'text/html',
					...(origin && { origin }),
					...(type && { 'content-type': type })
				},
				body: write(fields)
			});
			statuses.push(status);
		}
	return statuses;
}

describe.each(CHANGES)('%s', (_, change) => {
	it('is done for a page of this site alone', async () => {
		const [path, fields] = change();
		const before = await contentsOf(stage.db);
		const statuses = await sendFromElsewhere(path, fields);
		expect(statuses.filter((status) => ![400, 403, 415].includes(status))).toEqual([]);
		expect(await contentsOf(stage.db)).toBe(before);
		expect((await post(app, path, fields, cookie)).status).toBe(303);
		expect(await contentsOf(stage.db)).not.toBe(before);
	});
});

it('nobody is logged in or out by another site', async () => {
	const logins = () => stage.db.selectFrom('login_session').select('id_hash').execute();
	const before = await logins();
	await sendFromElsewhere('/login?/login', { email: CAST.manager.email, password: PASSWORD });
	await sendFromElsewhere('/login?/example', { email: CAST.manager.email });
	await sendFromElsewhere('/logout', { sure: 'yes' });
	expect(await logins()).toEqual(before);
});

it('reading changes nothing', async () => {
	const before = await contentsOf(stage.db);
	const pages = ['/', '/today', '/calendar', '/cohorts', '/cohorts/plan', '/curricula', '/targets'];
	const more = ['/settings', '/settings/closed-days', '/safeguarding', '/login', '/logout'];
	const own = [
		`/cohorts/${group.cohort}`,
		`/sessions/${group.session}`,
		'/settings?/save',
		'/logout?/default'
	];
	for (const path of [...pages, ...more, ...own, `/cohorts/plan?${new URLSearchParams(plan())}`])
		for (const method of ['GET', 'HEAD'])
			expect((await ask(app, path, { method, cookie })).status).toBeLessThan(400);
	expect(await contentsOf(stage.db)).toBe(before);
	expect((await ask(app, '/settings', { cookie })).status).toBe(200);
});
