import { newId } from '#lib/platform/ids/ids.ts';
import type { FreshDatabase } from '#tests/harness/databases.ts';
import { addAccount, type Account } from './rows.ts';

/** A focal point who is named to read what children write, at one centre or at all of the section. */
export async function addReader(
	fresh: FreshDatabase,
	{ sectionId, manager }: { sectionId: string; manager: Account },
	{ centreId = null, name = 'Maya' }: { centreId?: string | null; name?: string } = {}
): Promise<Account> {
	const reader = await addAccount(fresh, { sectionId, role: 'focal_point', name });
	await fresh.db
		.insertInto('word_reader')
		.values({
			...{ id: newId(), section_id: sectionId, account_id: reader.id },
			...{ centre_id: centreId, named_by: manager.id }
		})
		.execute();
	return reader;
}

/** Every text that waits is read, and nothing was found in it. */
export async function clearAll({ db }: FreshDatabase): Promise<void> {
	await db.updateTable('feedback_words').set({ state: 'cleared' }).execute();
}
