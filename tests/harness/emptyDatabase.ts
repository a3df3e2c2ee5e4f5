import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Which database the tests run on: that of their project, else the embedded one. */
export function testsRunOnPostgres(): boolean {
	return process.env['HALQA_TEST_DATABASE'] === 'postgres';
}

/** A migrated database without rows: a copy of one that was migrated once in this process. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
	return testsRunOnPostgres() ? emptyPostgres() : emptySqlite();
}

let sqliteTemplate: Promise<Buffer> | undefined;

async function emptySqlite(): Promise<EmptyDatabase> {
	sqliteTemplate ??= migratedFile();
	const template = await sqliteTemplate;
	const folder = mkdtempSync(join(tmpdir(), 'halqa-db-'));
	const file = join(folder, 'halqa.db');
	writeFileSync(file, template);
	return {
		url: `sqlite:${file}`,
		remove: async () => rmSync(folder, { recursive: true, force: true })
	};
}

/** Closing its only connection folds the WAL into the file, so that one file is the whole database. */
async function migratedFile(): Promise<Buffer> {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-template-'));
	try {
		const file = join(folder, 'template.db');
		await migrated(`sqlite:${file}`);
		return readFileSync(file);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

let postgresTemplate: Promise<EmptyDatabase> | undefined;

async function emptyPostgres(): Promise<EmptyDatabase> {
	postgresTemplate ??= blankPostgres().then(async (blank) => {
		await migrated(blank.url);
		return blank;
	});
	const template = await postgresTemplate;
	return blankPostgres(new URL(template.url).pathname.slice(1));
}

/** Removes what `emptyDatabase` copies from; a PostgreSQL that was given is left as it was found. */
export async function removeTemplate(): Promise<void> {
	const template = await postgresTemplate;
	postgresTemplate = undefined;
	await template?.remove();
}

/** A database of the kind the tests run on that nobody has migrated. */
export async function blankDatabase(): Promise<EmptyDatabase> {
	if (testsRunOnPostgres()) return blankPostgres();
	const folder = mkdtempSync(join(tmpdir(), 'halqa-db-'));
	return {
		url: `sqlite:${join(folder, 'halqa.db')}`,
		remove: async () => rmSync(folder, { recursive: true, force: true })
	};
}

/** A PostgreSQL database that nobody has migrated, or a copy of another. */
export async function blankPostgres(template = 'template0'): Promise<EmptyDatabase> {
	const name = `halqa_${randomUUID().replaceAll('-', '')}`;
	await administer(`create database ${name} template ${template}`);
	const url = new URL(adminAddress());
	url.pathname = `/${name}`;
	return {
		url: url.href,
		remove: () => administer(`drop database if exists ${name} with (force)`)
	};
}

async function migrated(url: string): Promise<void> {
	const db = openDatabase(url);
	await migrate(db, MIGRATIONS);
	await db.destroy();
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

function adminAddress(): string {
	const url = process.env['DATABASE_URL_TEST'];
	if (!url) throw new Error('Tests on PostgreSQL need DATABASE_URL_TEST=postgres://…');
	return url;
}
