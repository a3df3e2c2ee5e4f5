import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { NOT_IN_BACKUPS, type DatabaseCopy } from './copy.ts';
import { factsIn } from './postgres-dump.ts';
import { findProgram } from './postgres-programs.ts';
import { runProgram } from './program.ts';
import { BackupRefused } from './refused.ts';

/** A PostgreSQL database as a file: what `pg_dump` writes in its custom format. */
export const postgresCopy: DatabaseCopy = {
	async copy(url, to, signal) {
		const server = await ask(
			url,
			`select current_setting('server_version_num')::int / 10000 as major`
		);
		const program = await findProgram('pg_dump', Number(server?.['major']));
		const what = ['--format=custom', '--compress=0', '--no-owner', '--no-privileges'];
		const without = NOT_IN_BACKUPS.map((table) => `--exclude-table-data=*.${table}`);
		const { address, env } = connection(url);
		const args = [...what, ...without, `--file=${to}`, `--dbname=${address}`];
		await runProgram(program.path, args, { signal, env, read: text });
		return { facts: await this.inspect(to, program.major, signal), postgres: program.major };
	},

	async inspect(file, postgres, signal) {
		const { path } = await findProgram('pg_restore', postgres);
		return runProgram(path, ['--data-only', '--file=-', file], { signal, read: factsIn });
	},

	async assertEmpty(url) {
		const found = await ask(
			url,
			`select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
			and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' limit 1`
		);
		if (found)
			throw new BackupRefused('target', 'The database has tables already; nothing was changed');
	},

	stagedAt(_, work) {
		return join(work, 'database');
	},

	async install(url, file, postgres, signal) {
		const { path } = await findProgram('pg_restore', postgres);
		const { address, env } = connection(url);
		const whole = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
		await runProgram(path, [...whole, `--dbname=${address}`, file], { signal, env, read: text });
	}
};

/** The first row of an answer. */
async function ask(url: string, question: string): Promise<Record<string, unknown> | undefined> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
	await client.connect();
	try {
		return (await client.query<Record<string, unknown>>(question)).rows[0];
	} finally {
		await client.end();
	}
}

/** The password goes by the environment: everybody on a machine can read the arguments of its programs. */
function connection(url: string): { address: string; env: NodeJS.ProcessEnv } {
	const address = new URL(url);
	const password = decodeURIComponent(address.password);
	address.password = '';
	return { address: address.href, env: password ? { PGPASSWORD: password } : {} };
}
