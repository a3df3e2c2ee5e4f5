import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/harness/databases.ts';
import { documentWith, FILE } from '../../scripts/data-protection.ts';
import { unannotated } from '../../scripts/data-protection/table.ts';

it('every table and column is said why and how long, and the document says what the schema does', async () => {
	const { db } = await freshDatabase();
	expect(await unannotated(db)).toEqual([]);
	const document = readFileSync(FILE, 'utf8');
	expect(await documentWith(db, document), 'npm run data-protection').toBe(document);
});

it('a table or a column nobody said anything of is found', async () => {
	const { db } = await freshDatabase();
	await sql`create table pebble (id text primary key, shoe_size integer)`.execute(db);
	expect(await unannotated(db)).toEqual(['pebble', 'pebble.shoe_size']);
});
