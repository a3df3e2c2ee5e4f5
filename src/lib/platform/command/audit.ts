import type { Actor } from '../access/actor.ts';
import type { Db } from '../db/open.ts';
import type { NewRow } from '../db/schema.ts';

/** What is written beside a change. Field names only: values would turn the audit into a second copy. */
export interface AuditEntry {
	action: string;
	objectType: string;
	objectId: string;
	fields: readonly string[];
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * The row of an entry. Of an account and of a job who it was and when, in UTC milliseconds; of a child that a child
 * did it and on which day, which begins at midnight UTC: nobody is found by the minute they answered in.
 */
function auditEntry(
	actor: Actor,
	now: number,
	{ action, objectType, objectId, fields }: AuditEntry
): NewRow<'audit'> {
	return {
		at: actor.kind === 'card' ? now - (now % DAY_MS) : now,
		section_id: actor.sectionId,
		actor_kind: actor.kind,
		actor_id: idOf(actor),
		action,
		object_type: objectType,
		object_id: objectId,
		field_names: fields.join(',')
	};
}

function idOf(actor: Actor): string | null {
	if (actor.kind === 'card') return null;
	return actor.kind === 'device' ? actor.deviceId : actor.accountId;
}

/** Writes an entry beside what it is about, on the same transaction. Throws when it cannot be stored. */
export async function writeAudit(
	{ db, actor, now }: { db: Db; actor: Actor; now: number },
	entry: AuditEntry
): Promise<void> {
	await db
		.insertInto('audit')
		.values(auditEntry(actor, now, entry))
		.execute();
}

/** What a section did before an instant, oldest first. `before` in UTC milliseconds. */
export function auditBefore(db: Db, { sectionId, before }: { sectionId: string; before: number }) {
	return db
		.selectFrom('audit')
		.where('section_id', '=', sectionId)
		.where('at', '<', before)
		.orderBy('seq');
}

/** Forgets so many entries of a section from before an instant; answers how many there were. */
export async function forgetAudit(
	db: Db,
	{ most, ...old }: { sectionId: string; before: number; most: number }
): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('audit')
		.where('seq', 'in', auditBefore(db, old).select('seq').limit(most))
		.executeTakeFirst();
	return Number(numDeletedRows);
}
