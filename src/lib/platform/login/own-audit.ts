import type { Db } from '../db/open.ts';

/** Whose own doing it is. */
export interface Owner {
	accountId: string;
	/** null for the network. */
	sectionId: string | null;
}

/** Writes down what somebody did to their own account outside a command. Field names only. */
export async function auditOwn(
	db: Db,
	done: Owner & { action: string; fields: readonly string[]; now: number }
): Promise<void> {
	await db
		.insertInto('audit')
		.values({
			at: done.now,
			section_id: done.sectionId,
			actor_kind: 'staff',
			actor_id: done.accountId,
			action: done.action,
			object_type: 'account',
			object_id: done.accountId,
			field_names: done.fields.join(',')
		})
		.execute();
}
