import Database from 'better-sqlite3';
import { openSqlite } from '../db/sqlite.ts';
import { placeOf } from '../files/store.ts';
import { NOT_IN_BACKUPS, type CopyFacts } from './copy.ts';

/**
 * A process of its own for what SQLite does in one go, so that a signal ends it and its caller at once:
 * `node sqlite-task.ts copy FROM TO` or `… inspect FILE`. Both print the facts of the copy as JSON.
 */
const [task, ...paths] = process.argv.slice(2);
try {
	if (task === 'copy') copy(paths[0] ?? '', paths[1] ?? '');
	process.stdout.write(JSON.stringify(inspect(paths.at(-1) ?? '')));
} catch (error) {
	process.stderr.write(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}

/** `VACUUM INTO` reads one moment of a database that is being written; the backup API would never end. */
function copy(from: string, to: string): void {
	const live = openSqlite(from);
	live.prepare('vacuum into ?').run(to);
	live.close();
	const made = new Database(to, { fileMustExist: true });
	made.pragma('journal_mode = OFF'); // thrown away when anything fails
	made.pragma('secure_delete = ON');
	for (const table of tablesOf(made).filter((name) => NOT_IN_BACKUPS.includes(name)))
		made.exec(`delete from "${table}"`);
	made.close();
}

function inspect(path: string): CopyFacts {
	const database = new Database(path, { readonly: true, fileMustExist: true });
	database.pragma('trusted_schema = OFF');
	const found = database.pragma('integrity_check(1)', { simple: true });
	if (found !== 'ok') throw new Error(`integrity_check: ${found}`);
	const [foreign] = database.pragma('foreign_key_check') as { table: string }[];
	if (foreign) throw new Error(`foreign_key_check: a row of ${foreign.table} points nowhere`);
	const names = tablesOf(database);
	const files = names.includes('file')
		? database.prepare<[], string>('select distinct sha256 from file').pluck().all()
		: [];
	const tables = names.map((name) => [name, countOf(database, name)] as const);
	const schema = database
		.prepare<[], { name: string }>('select name from kysely_migration order by name desc limit 1')
		.get();
	const account = database
		.prepare<[], CopyFacts['account'] & object>('select id, name_sealed from account limit 1')
		.get();
	database.close();
	return {
		tables: Object.fromEntries(tables),
		schema: schema?.name ?? '',
		files: files.map(placeOf),
		account: account ?? null
	};
}

function tablesOf(database: Database.Database): string[] {
	const tables = `select name from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!' order by name`;
	return database.prepare<[], string>(tables).pluck().all();
}

function countOf(database: Database.Database, table: string): number {
	return database.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0;
}
