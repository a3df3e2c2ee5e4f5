import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#lib/platform/db/migrate.ts';
import { openDatabase } from '#lib/platform/db/open.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');

export interface EmptyDatabase {
	url: string;
	remove(): Promise<void>;
}

/** Which database the tests run on: HALQA_TEST_DATABASE=postgres, else the embedded one. */
export function testsRunOnPostgres(): boolean {
	return process.env['HALQA_TEST_DATABASE'] === 'postgres';
}

/** A migrated database without rows: a copy of one that was migrated once in this process. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
	return testsRunOnPostgres() ? emptyPostgres() : emptySqlite();
}

let sqliteTemplate: Promise<string> | undefined;

async function emptySqlite(): Promise<EmptyDatabase> {
	sqliteTemplate ??= migratedFile();
	const template = await sqliteTemplate;
	const folder = mkdtempSync(join(tmpdir(), 'halqa-db-'));
	const file = join(folder, 'halqa.db');
	copyFileSync(template, file);
	return {
		url: `sqlite:${file}`,
		remove: async () => rmSync(folder, { recursive: true, force: true })
	};
}

/** Closing its only connection folds the WAL into the file, so that one file can be copied. */
async function migratedFile(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-template-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'template.db');
	const db = openDatabase(`sqlite:${file}`);
	await migrate(db, MIGRATIONS);
	await db.destroy();
	return file;
}

let postgresTemplate: Promise<string> | undefined;

async function emptyPostgres(): Promise<EmptyDatabase> {
	postgresTemplate ??= migratedPostgres();
	const template = await postgresTemplate;
	const name = newName();
	await administer(`create database ${name} template ${template}`);
	return {
		url: addressOf(name),
		remove: () => administer(`drop database if exists ${name} with (force)`)
	};
}

async function migratedPostgres(): Promise<string> {
	const name = newName();
	await administer(`create database ${name}`);
	const db = openDatabase(addressOf(name));
	await migrate(db, MIGRATIONS);
	await db.destroy();
	return name;
}

function newName(): string {
	return `halqa_${randomUUID().replaceAll('-', '')}`;
}

async function administer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: adminAddress() });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

function addressOf(name: string): string {
	const url = new URL(adminAddress());
	url.pathname = `/${name}`;
	return url.href;
}

function adminAddress(): string {
	const url = process.env['DATABASE_URL_TEST'];
	if (!url) throw new Error('HALQA_TEST_DATABASE=postgres needs DATABASE_URL_TEST=postgres://…');
	return url;
}
