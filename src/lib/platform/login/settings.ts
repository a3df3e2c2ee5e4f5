import type { z } from 'zod';
import type { Db } from '../db/open.ts';
import type { settingsForm } from './forms.ts';

/** Saves an account's own language and look. Saying the same twice changes nothing, so it needs no key. */
export async function saveSettings(
	db: Db,
	accountId: string,
	settings: Partial<z.output<typeof settingsForm>>
): Promise<void> {
	await db.updateTable('account').set(settings).where('id', '=', accountId).execute();
}
