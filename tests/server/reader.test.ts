import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST } from '#lib/features/example/cast.ts';
import { ask, backstage, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';

/** In a database that takes long to tell a target's figures, everybody who asks for anything else is answered. */
let app: RunningApp;
let stage: Backstage;

/** Steps of a count that every question about targets goes through: some seconds. */
const STEPS = 20_000_000;

beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
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
			select id, section_id, target_id, people_count, as_of, source_texts
			from opening_balance_kept where (select max(n) from step) > 0;
	`);
	database.close();
}

describe.skipIf(testsRunOnPostgres())('while one account asks for figures that take long', () => {
	it('answers probes, children and colleagues before them', async () => {
		slowDown(app.databaseUrl);
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
});
