import { randomUUID } from 'node:crypto';
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CAST, OPEN_CODE, PASSWORD } from '#lib/features/example/cast.ts';
import { m } from '#lib/paraglide/messages.js';
import {
	ask,
	backstage,
	cookieOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { smallDisk } from '#tests/harness/disk.ts';
import { testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';

/**
 * A disk without a free byte: a real one under the embedded database. PostgreSQL has its own, and is made to
 * refuse every write as it does when that is full.
 */
const CHILD = `/s/${OPEN_CODE}`;
const SCRIPT = { accept: 'application/json', 'x-sveltekit-action': 'true' };
const onPostgres = testsRunOnPostgres();
const disk = onPostgres ? null : smallDisk(32);

let app: RunningApp;
let stage: Backstage;
/** Of logins that were last written down ten minutes ago. */
const cookies: Record<string, string> = {};

beforeAll(async () => {
	app = await startApp(disk ? { dataFolder: disk.folder } : {});
	stage = backstage(app);
	for (const [name, { id }] of Object.entries(CAST))
		cookies[name] = await stage.logIn(id, 10 * 60_000);
	if (onPostgres)
		await sql`create function refuse() returns trigger language plpgsql as $$
			begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(stage.db);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
	disk?.remove();
});

async function fill(): Promise<void> {
	if (disk) return disk.fill();
	for (const { name } of await stage.db.introspection.getTables())
		await sql`create trigger refuse before insert or update or delete on ${sql.table(name)}
			for each statement execute function refuse()`.execute(stage.db);
}

async function free(): Promise<void> {
	if (disk) return disk.free();
	for (const { name } of await stage.db.introspection.getTables())
		await sql`drop trigger refuse on ${sql.table(name)}`.execute(stage.db);
}

function concerns() {
	return stage.db.selectFrom('concern').select('id').execute();
}

function looks() {
	return stage.db
		.selectFrom('audit')
		.select(['actor_id', 'object_id', 'field_names'])
		.where('action', '=', 'look at concerns')
		.execute();
}

/** A child's device that has opened the page. */
async function aChild(): Promise<string> {
	const { headers } = await ask(app, CHILD);
	return headers['set-cookie']!.map((line) => line.split(';')[0]).join('; ');
}

/** The hidden fields a page would send again. */
function fieldsOf({ body }: Answer): Record<string, string> {
	return Object.fromEntries(
		Array.from(body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g), (found) => [
			found[1]!,
			found[2]!
		])
	);
}

const wish = () => ({ concernId: randomUUID(), nickname: 'Planted Nour' });

describe.skipIf(!disk && !onPostgres)('on a full disk', () => {
	let child: string;
	beforeEach(async () => {
		child = await aChild();
		await post(app, `${CHILD}?/answer`, {}, child);
		await fill();
	});
	afterEach(free);

	it.each([
		['facilitator', '/today'],
		['facilitator', '/calendar'],
		['coordinator', '/people'],
		['coordinator', '/imports'],
		['manager', '/targets'],
		['manager', '/voices'],
		['admin', '/settings/accounts'],
		['network', '/roadmaps'],
		['focalPoint', '/safeguarding']
	])('%s reads %s', async (name, path) => {
		expect((await ask(app, path, { cookie: cookies[name]! })).status).toBe(200);
	});

	it('children open their page, with a code that was wrong before too, and the page of help', async () => {
		expect((await ask(app, '/s/10000009')).status).toBe(404);
		for (const cookie of [child, '']) {
			expect((await ask(app, CHILD, { cookie })).status).toBe(200);
			const { status, body } = await ask(app, `${CHILD}/help`, { cookie });
			expect(status).toBe(200);
			expect(body).toContain('tel:112');
			expect(body).toContain('name="concernId"');
		}
	});

	it('says no to a balancer, and yes to who asks whether it lives', async () => {
		expect((await ask(app, '/healthz')).status).toBe(200);
		if (disk) expect((await ask(app, '/readyz')).status).toBe(503);
	});

	it('answers a form 507 with what happened, what was kept and what to do; sent again it is saved once', async () => {
		const typed = { locale: 'en', theme: 'dark', once: randomUUID() };
		const cookie = cookies['manager']!;
		const refused = await post(app, '/settings?/save', typed, cookie);
		expect(refused.status).toBe(507);
		for (const words of [m.error_disk_full(), m.error_kept_typed(), m.error_send_again()])
			expect(refused.body).toContain(words);
		expect(refused.body).toContain('action="/settings?/save"');
		expect(fieldsOf(refused)).toMatchObject(typed);
		const script = await post(app, '/settings?/save', typed, cookie, SCRIPT);
		expect(script.status).toBe(507);
		expect(JSON.parse(script.body)).toMatchObject({
			type: 'error',
			error: { message: m.error_disk_full() }
		});
		expect(script.body).not.toContain('dark');
		await free();
		expect((await post(app, '/settings?/save', fieldsOf(refused), cookie)).status).toBe(303);
		await fill();
	});

	it('never gives a password back', async () => {
		const fields = { oldPassword: PASSWORD, newPassword: 'planted words of a sentence' };
		const { status, body } = await post(app, '/settings?/password', fields, cookies['manager']);
		expect(status).toBe(507);
		for (const password of Object.values(fields)) expect(body).not.toContain(password);
	});

	it('tells a child kindly that an answer was not kept, and keeps it on the page', async () => {
		const item = { item: 'change', words: 'Planted <"words">' };
		const { status, headers, body } = await post(app, `${CHILD}?/answer&lang=en`, item, child);
		expect(status).toBe(507);
		expect(headers['refresh']).toBe(`120; url=${CHILD}`);
		expect(body).toContain(m.child_not_kept());
		expect(body).toContain(m.child_try_again());
		expect(body).toContain('Planted &lt;&quot;words&quot;');
		expect(body).toContain(`${CHILD}/help`);
	});

	it(
		onPostgres ? 'says clearly that a wish to talk did not arrive' : 'stores a wish to talk',
		async () => {
			const before = await concerns();
			const { status, body } = await post(app, `${CHILD}/help?/ask&lang=en`, wish(), child);
			expect(status).toBe(onPostgres ? 507 : 303);
			expect(await concerns()).toHaveLength(before.length + (onPostgres ? 0 : 1));
			if (!onPostgres) return;
			expect(body).toContain(m.child_help_failed());
			expect(body).toContain('tel:112');
			expect(body).toContain('Planted Nour');
		}
	);

	it(
		onPostgres
			? 'keeps a concern that staff typed, and shows whom to call'
			: 'stores a concern of staff',
		async () => {
			const before = await concerns();
			const typed = { urgency: 'imminent', noticed: 'now', wishAsked: 'no', consent: 'no' };
			const cookie = cookies['facilitator'];
			const answer = await post(
				app,
				'/safeguarding?/raise',
				{ ...typed, once: randomUUID() },
				cookie
			);
			expect(answer.status).toBe(onPostgres ? 507 : 303);
			expect(await concerns()).toHaveLength(before.length + (onPostgres ? 0 : 1));
			const { status, body } = await ask(app, '/safeguarding', { cookie: cookie! });
			expect(status).toBe(200);
			expect(body).toContain('tel:112');
		}
	);

	it('shows who wants to talk only to whose look was written down first', async () => {
		const before = await looks();
		const { status, body } = await ask(app, '/today?lang=en', { cookie: cookies['focalPoint']! });
		const after = await looks();
		expect(status).toBe(onPostgres ? 507 : 200);
		expect(after.length - before.length).toBe(onPostgres ? 0 : 1);
		if (onPostgres) return expect(body).not.toContain(m.concerns_title());
		expect(body).toContain('Planted Nour');
		expect(after.at(-1)).toMatchObject({ actor_id: CAST.focalPoint.id, field_names: '' });
	});

	if (!onPostgres)
		it('lets a focal point in, whose last login ended meanwhile', async () => {
			const { email } = CAST.focalPoint;
			const answer = await post(app, '/login?/login', { email, password: PASSWORD });
			expect(answer.status).toBe(303);
			expect((await ask(app, '/today', { cookie: cookieOf(answer)! })).status).toBe(200);
		});

	if (!onPostgres)
		it('refuses other writes as long as the reserve is not whole again', async () => {
			const reserve = `${join(app.dataFolder, 'halqa.db')}-reserve`;
			const whole = statSync(reserve).size;
			truncateSync(reserve, whole - 4096);
			const save = () =>
				post(app, '/settings?/save', { locale: 'en', theme: 'auto' }, cookies['facilitator']);
			expect((await save()).status).toBe(507);
			await free();
			expect((await save()).status).toBe(303);
			expect(statSync(reserve).size).toBe(whole);
			await fill();
		});

	if (!onPostgres)
		it('shows nobody who wants to talk, and tells a child so, once the reserve is gone', async () => {
			truncateSync(`${join(app.dataFolder, 'halqa.db')}-reserve`);
			disk!.fill();
			const look = () => ask(app, '/today', { cookie: cookies['focalPoint']! });
			let answer = await look();
			for (let count = 0; answer.status === 200 && count < 60; count += 1) answer = await look();
			expect(answer.status).toBe(507);
			expect(answer.body).not.toContain('Planted Nour');
			const { status, body } = await post(app, `${CHILD}/help?/ask&lang=en`, wish(), child);
			expect(status).toBe(507);
			expect(body).toContain(m.child_help_failed());
			expect(body).toContain('tel:112');
			expect((await ask(app, '/calendar', { cookie: cookies['facilitator']! })).status).toBe(200);
		});
});
