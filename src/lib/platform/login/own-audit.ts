import type { Db } from '../db/open.ts';

/** Whose own doing it is. */
export interface Owner {
	accountId: string;
	/** null for the network. */
	sectionId: string | null;
}

/** Writes down what somebody did outside a command, to their own account or to another `object`. Field names only. */
export async function auditOwn(
	db: Db,
	{
		object,
		...done
	}: Owner & {
		action: string;
		object?: { type: string; id: string };
		fields: readonly string[];
		now: number;
	}
): Promise<void> {
	await db
		.insertInto('audit')
		.values({
			at: done.now,
			section_id: done.sectionId,
			actor_kind: 'staff',
			actor_id: done.accountId,
			action: done.action,
			object_type: object?.type ?? 'account',
			object_id: object?.id ?? done.accountId,
			field_names: done.fields.join(',')
		})
		.execute();
}
