import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startApp } from '../../tests/harness/app.ts';
import type { ExampleSize } from '../../src/lib/features/example/example.server.ts';
import { mendCounts } from '../../src/lib/features/counts/recount.commands.server.ts';
import { openDatabase } from '../../src/lib/platform/db/open.ts';
import { copyExample, NOW } from './example.ts';
import { askEach, PAGES_OF_TOTALS } from './pages.ts';
import { quantile, type Measured } from './table.ts';

/** What a section has before anybody came; every other row of it is taken out, so that only the amount of rows differs. */
const STAYS = [
	...['section', 'centre', 'room', 'account', 'account_role', 'target', 'opening_balance'],
	...[
		'body',
		'body_kind',
		'installation',
		'login_session',
		'kysely_migration',
		'kysely_migration_lock'
	]
];

/** How long pages of totals take in the example without its people and sessions. */
export async function measureEmpty(size: ExampleSize, rounds: number): Promise<Measured[]> {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-bench-'));
	try {
		const { url, keyRingFile } = await copyExample(size, folder);
		const db = openDatabase(url);
		const env = { HALQA_KEYS: keyRingFile, HALQA_NOW: NOW, HALQA_LOG: 'warn', TRUST_PROXY: '1' };
		try {
			const tables = (await db.introspection.getTables()).map(({ name }) => name);
			await db.connection().execute(async (one) => {
				await sql`pragma foreign_keys = off`.execute(one);
				for (const name of tables.filter((name) => !STAYS.includes(name)))
					await sql`delete from ${sql.table(name)}`.execute(one);
				await sql`pragma foreign_keys = on`.execute(one);
			});
			await mendCounts(db);
			const app = await startApp({ databaseUrl: url, env });
			return await askEach(app.origin, db, PAGES_OF_TOTALS, rounds).finally(() => app.stop());
		} finally {
			await db.destroy();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Lines of text: how many times longer each page takes with the whole example in the database. */
export function besideEmpty(full: readonly Measured[], empty: readonly Measured[]): string {
	const medianOf = (measured: readonly Measured[], name: string) =>
		quantile(measured.find((one) => one.name === name)?.ms ?? [], 0.5);
	return empty
		.map(({ name }) => {
			const [with_, without] = [medianOf(full, name), medianOf(empty, name)];
			return `${name}: ${(with_ / without).toFixed(2)} × itself (${with_.toFixed(1)} ms and ${without.toFixed(1)} ms)`;
		})
		.join('\n');
}
