import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import type { CopyFacts, DatabaseCopy } from './copy.ts';
import { makeWhole, partialOf, removeLeftovers } from './partial.ts';
import { runProgram } from './program.ts';
import { BackupRefused } from './refused.ts';

const TASK = join(import.meta.dirname, 'sqlite-task.ts');

/** An embedded database as a file: the file itself, written by `VACUUM INTO`. */
export const sqliteCopy: DatabaseCopy = {
	async copy(url, to, signal) {
		const path = pathOf(url);
		if (!existsSync(path)) throw new Error(`There is no database at ${path}`);
		return { facts: await runTask(['copy', path, to], signal), postgres: 0 };
	},

	inspect(file, _, signal) {
		return runTask(['inspect', file], signal);
	},

	async assertEmpty(url) {
		const path = pathOf(url);
		if (existsSync(path) && hasTables(path))
			throw new BackupRefused(
				'target',
				`There is a database at ${path} already; nothing was changed`
			);
	},

	stagedAt(url) {
		const path = pathOf(url);
		mkdirSync(dirname(path), { recursive: true });
		removeLeftovers(dirname(path), basename(path));
		return partialOf(path);
	},

	async install(url, file) {
		const path = pathOf(url);
		for (const rest of ['-wal', '-shm', '-journal']) rmSync(path + rest, { force: true });
		makeWhole(file, path);
	}
};

async function runTask(args: string[], signal: AbortSignal): Promise<CopyFacts> {
	const said = await runProgram(process.execPath, [TASK, ...args], { signal, read: text });
	return JSON.parse(said) as CopyFacts;
}

/** True also for a file that is no database: it is not ours to replace. */
function hasTables(path: string): boolean {
	try {
		const database = new Database(path, { readonly: true });
		try {
			return database.prepare('select 1 from sqlite_schema limit 1').get() !== undefined;
		} finally {
			database.close();
		}
	} catch {
		return true;
	}
}

function pathOf(url: string): string {
	return resolve(url.slice('sqlite:'.length));
}
