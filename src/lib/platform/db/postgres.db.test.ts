import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/harness/databases.ts';

it('a connection that is lost in the middle of a transaction fails that transaction alone', async () => {
	const { db } = await freshDatabase();
	const lost = db.transaction().execute(async (trx) => {
		const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
		const { pid } = rows[0]!;
		await sql`select pg_terminate_backend(${pid})`.execute(db);
		await expect
			.poll(async () => {
				const found = await sql`select 1 from pg_stat_activity where pid = ${pid}`.execute(db);
				return found.rows.length;
			})
			.toBe(0);
		await sql`select 1`.execute(trx);
	});
	await expect(lost).rejects.toThrow();
	expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});
