import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { CAST } from '#lib/features/example/cast.ts';
import { ask, backstage, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** In a database that takes long to tell a target's figures, everybody who asks for anything else is answered. */
let app: RunningApp;
let stage: Backstage;

/** Steps of a count that every question about targets goes through: a second or more. */
const STEPS = 3_000_000;

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
	slowDown(app.databaseUrl);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

function slowDown(databaseUrl: string): void {
	const database = new Database(databaseUrl.slice('sqlite:'.length));
	database.exec(`
		alter table opening_balance rename to opening_balance_kept;
		create view opening_balance as
			with recursive step (n) as (select 1 union all select n + 1 from step where n < ${STEPS})
			select id, section_id, target_id, unit, amount, as_of, source_texts
			from opening_balance_kept where (select max(n) from step) > 0;
	`);
	database.close();
}

describe('while one account asks for figures that take long', () => {
	it('answers probes, children and colleagues before them', async () => {
		const [manager, facilitator] = [
			await stage.logIn(CAST.manager.id),
			await stage.logIn(CAST.facilitator.id)
		];
		const happened: string[] = [];
		const note = (what: string) => (answer: { status: number }) =>
			happened.push(`${what} ${answer.status}`);
		const figures = [1, 2, 3].map(() =>
			ask(app, '/targets', { cookie: manager }).then(note('figures'))
		);
		for (const path of ['/healthz', '/s', '/today'])
			await ask(app, path, { cookie: facilitator }).then(note(path));
		expect(happened).toEqual(['/healthz 200', '/s 200', '/today 200']);
		await Promise.all(figures);
		expect(new Set(happened.slice(3))).toEqual(new Set(['figures 200']));
	});

	it('tells whoever asks for ever more to come again, and leaves a colleague their place', async () => {
		const [manager, coordinator] = [
			await stage.logIn(CAST.manager.id),
			await stage.logIn(CAST.coordinator.id)
		];
		const figures = [manager, coordinator].map((cookie) => ask(app, '/targets', { cookie }));
		const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));
		const asked = months.map((month) =>
			ask(app, `/exports/activityinfo?month=2025-${month}`, { cookie: manager })
		);
		const colleague = ask(app, '/exports/activityinfo', { cookie: coordinator });
		const answers = await Promise.all(asked);
		const refused = answers.filter(({ status }) => status === 503);
		expect(refused).toHaveLength(4);
		expect(refused.map(({ headers }) => headers['retry-after'])).toEqual(Array(4).fill('5'));
		expect(refused[0]!.body).toContain(m.error_too_busy());
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
		expect((await colleague).status).toBe(200);
		await Promise.all(figures);
	});
});
