import { insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { builtInRows } from './built-in.rules.ts';

/** Begins the directory of a new section with what Halqa knows of its country; part of a larger command. */
export async function startDirectory(db: Db, sectionId: string, country: string): Promise<void> {
	await insertAll(db, 'help_entry', builtInRows(sectionId, country, newId));
}
