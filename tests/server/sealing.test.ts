import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	CAST,
	COHORTS,
	OPEN_CODE,
	PASSWORD,
	roomId,
	VERSIONS
} from '#lib/features/example/cast.ts';
import { addDays, weekdayOf } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { isPostgres } from '#lib/platform/db/open.ts';
import { IDLE_MS } from '#lib/platform/login/sessions.ts';
import { addOtherCohort } from '#tests/access/others.ts';
import {
	ask,
	backstage,
	cookieOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** Names and typed words, after the app was used with them, are nowhere to be read but on its pages. */
let app: RunningApp;
let stage: Backstage;
let token: string;
let stored: Buffer;

const NAMES = {
	latin: 'Plantedname Zaynab',
	arabic: 'زينب المزروعة',
	typed: 'Plantedwords typed too late',
	answered: 'Plantedanswer of a child',
	nickname: 'Plantednickname',
	guardian: 'Plantedmother of',
	phone: '03 987 654 321',
	needs: 'Plantedneed of a seat in front',
	code: 'Plantedcode 77'
};
const PLAIN = 'Plantedplain closed for repairs';

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
	const answer = await post(app, '/login?/login', {
		email: CAST.coordinator.email,
		password: PASSWORD
	});
	const cookie = cookieOf(answer)!;
	token = cookie.split('=')[1]!;
	const send = async (path: string, fields: Record<string, string>) =>
		expect((await post(app, path, fields, cookie)).status).toBe(303);
	const group = await addOtherCohort(stage, CAST.facilitator.id);
	const today = dateIn('Asia/Beirut', stage.now);
	const enrolled = { birthYear: '2016', sex: 'f' };
	await send(`/cohorts/${group.cohort}?/enrol`, { ...enrolled, name: NAMES.latin });
	await send(`/cohorts/${group.cohort}?/enrol`, { ...enrolled, name: NAMES.arabic });
	const members = await stage.db
		.selectFrom('cohort_member')
		.select('person_id')
		.where('cohort_id', '=', group.cohort)
		.execute();
	const marks = members.map(({ person_id }) => [`mark.${person_id}`, 'late']);
	await send(`/sessions/${group.session}?/record`, {
		version: '1',
		headcount: '3',
		...Object.fromEntries(marks)
	});
	const from = addDays(today, 400);
	await send('/cohorts/plan?/confirm', {
		cohort: COHORTS.butterflies,
		version: VERSIONS.incredibleMe,
		weekday: String(weekdayOf(from)),
		time: '15:00',
		room: roomId(1, 1),
		with: CAST.facilitator.id,
		from
	});
	const [person] = members.map(({ person_id }) => person_id);
	const known = { ...enrolled, name: NAMES.latin, needs: NAMES.needs, code: NAMES.code };
	await send(`/people/${person}?/edit`, { ...known, version: '1' });
	const { guardian: name, phone } = NAMES;
	const contact = { name, phone, relation: 'mother', contactWay: 'call' };
	await send(`/people/${person}?/addGuardian`, contact);
	for (const words of [NAMES.latin, NAMES.code])
		expect((await post(app, '/people?/find', { words }, cookie)).body).toContain(
			`/people/${person}`
		);
	const day = { date: from, name: PLAIN, centre: group.centre, certainty: 'confirmed' };
	await send('/settings/closed-days?/add', day);
	await childAnswers(NAMES.answered);
	await childAsksToTalk(NAMES.nickname);
	const late = await stage.logIn(CAST.coordinator.id, IDLE_MS);
	const path = `/cohorts/${group.cohort}?/enrol`;
	expect((await post(app, path, { ...enrolled, name: NAMES.typed }, late)).status).toBe(303);
	await ask(app, `/calendar?facilitator=${encodeURIComponent(NAMES.latin)}`, { cookie });
	for (const name of Object.values(NAMES).slice(0, 2))
		expect((await ask(app, `/cohorts/${group.cohort}`, { cookie })).body).toContain(name);
	stored = isPostgres(app.databaseUrl) ? dump() : files();
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

/** A child takes the form with an open question, writes and goes away without sending. */
async function childAnswers(words: string): Promise<void> {
	const page = `/s/${OPEN_CODE}`;
	const cookies = new Map<string, string>();
	const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ');
	const keep = ({ headers }: Answer) => {
		for (const line of headers['set-cookie'] ?? [])
			cookies.set(...(line.split(';')[0]!.split('=') as [string, string]));
	};
	keep(await ask(app, page));
	const steps: Record<string, Record<string, string>> = {
		choose: { band: '10-13' },
		answer: { item: 'change', words },
		back: {}
	};
	for (const [action, fields] of Object.entries(steps)) {
		const said = await post(app, `${page}?/${action}`, fields, cookie());
		expect(said.status).toBe(303);
		keep(said);
	}
	expect((await ask(app, page, { cookie: cookie() })).body).toContain(words);
}

async function childAsksToTalk(nickname: string): Promise<void> {
	const fields = { concernId: crypto.randomUUID(), nickname };
	expect((await post(app, `/s/${OPEN_CODE}/help?/ask`, fields)).status).toBe(303);
	const { body } = await ask(app, '/today', { cookie: await stage.logIn(CAST.focalPoint.id) });
	expect(body).toContain(nickname);
}

/** The database file and what lies beside it, its log of changes included. */
function files(): Buffer {
	const names = readdirSync(app.dataFolder).filter((name) => name.startsWith('halqa.db'));
	expect(names).toContain('halqa.db-wal');
	return Buffer.concat(names.map((name) => readFileSync(join(app.dataFolder, name))));
}

function dump(): Buffer {
	const folders = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
	const installed = folders.map((version) => `/usr/lib/postgresql/${version}/bin/pg_dump`);
	const program = installed.sort().reverse().find(existsSync) ?? 'pg_dump';
	return execFileSync(program, ['--inserts', app.databaseUrl], { maxBuffer: 1 << 28 });
}

describe('the stored database', () => {
	it.each([
		...Object.entries(NAMES),
		['a facilitator’s name', CAST.facilitator.name],
		['an address', CAST.facilitator.email],
		['a password', PASSWORD]
	])('does not hold %s readable', (_, text) => expect(stored.includes(text)).toBe(false));

	it('does not hold a login’s token', () => expect(stored.includes(token)).toBe(false));

	it('does not hold a key of the ring', () => {
		const { keys } = JSON.parse(readFileSync(app.keyRingFile, 'utf8'));
		for (const key of Object.values<string>(keys)) {
			expect(stored.includes(key)).toBe(false);
			expect(stored.includes(Buffer.from(key, 'base64'))).toBe(false);
		}
		expect(statSync(app.keyRingFile).mode & 0o777).toBe(0o600);
	});

	it('does hold what is no secret, so that this search finds what is there', () => {
		expect(stored.includes(PLAIN)).toBe(true);
		expect(stored.includes('Butterflies')).toBe(true);
	});
});

it('the log holds no name, no token, no question and no id', async () => {
	await expect.poll(() => app.output()).toContain('"path":"/calendar"');
	const log = app
		.output()
		.split('\n')
		.filter((line) => line.startsWith('{'));
	expect(log.length).toBeGreaterThan(8);
	const text = log.join('\n');
	for (const secret of [...Object.values(NAMES), 'Planted', CAST.coordinator.email, token, '?'])
		expect(text).not.toContain(secret);
	for (const id of [CAST.coordinator.id, COHORTS.butterflies, OPEN_CODE])
		expect(text).not.toContain(id);
	expect(text).toContain('"path":"/sessions/:id"');
});

it('the record of what was done and the keys of forms hold field names, ids and no words', async () => {
	const audit = await stage.db.selectFrom('audit').selectAll().execute();
	const once = await stage.db.selectFrom('once').selectAll().execute();
	expect(audit.map(({ action }) => action).sort()).toEqual([
		'add closed day',
		'add guardian',
		'edit person',
		'enrol',
		'enrol',
		'look at concerns',
		'plan cycle',
		'record register'
	]);
	expect(once).toHaveLength(7);
	for (const text of [...Object.values(NAMES), PLAIN])
		expect(JSON.stringify([audit, once])).not.toContain(text);
});
