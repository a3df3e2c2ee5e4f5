import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { migrate } from '../src/lib/platform/db/migrate.ts';
import { openDatabase, type Db } from '../src/lib/platform/db/open.ts';
import { storedTable } from './data-protection/table.ts';

/** `npm run data-protection` writes the table _what is stored where_ of docs/data-protection.md from the schema. */

export const FILE = join(import.meta.dirname, '../docs/data-protection.md');
const BEGIN = '<!-- from the schema: npm run data-protection -->';
const END = '<!-- end -->';

/** The document with the table as the schema has it. */
export async function documentWith(db: Db, document: string): Promise<string> {
	const [before, after] = [document.indexOf(BEGIN), document.indexOf(END)];
	if (before < 0 || after < before) throw new Error(`${FILE} has lost its two marks`);
	const text = `${document.slice(0, before)}${BEGIN}\n\n${await storedTable(db)}\n\n${document.slice(after)}`;
	return format(text, { ...(await resolveConfig(FILE)), parser: 'markdown' });
}

if (import.meta.main) {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-schema-'));
	const db = openDatabase(`sqlite:${join(folder, 'halqa.db')}`);
	try {
		await migrate(db, join(import.meta.dirname, '../migrations'));
		writeFileSync(FILE, await documentWith(db, readFileSync(FILE, 'utf8')));
	} finally {
		await db.destroy();
		rmSync(folder, { recursive: true });
	}
}
