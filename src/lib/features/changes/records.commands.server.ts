import type { AuditEntry } from '#lib/platform/command/audit.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, seal } from '#lib/platform/crypto/sealed.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import type { ChangeKind, ChangeReason } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo } from '#lib/platform/undo/undo.ts';
import type { Target } from './types.ts';

/** What takes a change back. */
export interface ChangeBefore {
	changeId: string;
	/** Cohorts it made somebody's own to run. */
	gave: Given[];
}

export interface Given {
	cohortId: string;
	accountId: string;
}

/**
 * Writes a change down with what each session was and became, tells whoever runs one of them or did, and keeps the way
 * back. Part of a command: the sessions themselves are changed by then.
 */
export async function keepChange(
	{ ctx, audit }: { ctx: Context; audit: (entry: AuditEntry) => Promise<void> },
	change: { kind: ChangeKind; reason: ChangeReason; note?: string | undefined },
	targets: readonly Target[],
	gave: Given[] = []
): Promise<{ changeId: string; undo: string }> {
	const changeId = newId();
	const undo = await keepUndo<ChangeBefore>(ctx, 'change plan', { changeId, gave });
	await ctx.db
		.insertInto('plan_change')
		.values({
			id: changeId,
			section_id: ctx.scope.sectionId,
			centre_id: targets[0]!.session.centreId,
			kind: change.kind,
			reason: change.reason,
			note_sealed: change.note ? seal(ctx.ring, notePlace(changeId), change.note) : null,
			made_by: ctx.actor.accountId,
			made_at: ctx.now,
			undo_id: undo,
			undone_at: null
		})
		.execute();
	const shared = { change_id: changeId, section_id: ctx.scope.sectionId };
	await insertAll(
		ctx.db,
		'changed_session',
		targets.map((target) => ({ ...shared, ...columnsOf(target) }))
	);
	const accounts = new Set(
		targets.flatMap((target) =>
			[...target.facilitators, ...target.session.facilitators].map(({ id }) => id)
		)
	);
	accounts.delete(ctx.actor.accountId);
	await insertAll(
		ctx.db,
		'change_notice',
		[...accounts].sort().map((account_id) => ({ ...shared, account_id, seen_at: null }))
	);
	await audit({
		action: 'change plan',
		objectType: 'plan_change', // not each session: whoever moves one has not run it
		objectId: changeId,
		fields: ['session']
	});
	return { changeId, undo };
}

/** The words a change was given; null where none were. */
export function noteOf(
	{ ring }: Pick<Context, 'ring'>,
	{ id, note_sealed }: Pick<Row<'plan_change'>, 'id' | 'note_sealed'>
): string | null {
	return note_sealed && open(ring, notePlace(id), note_sealed);
}

function columnsOf({
	session,
	...target
}: Target): Omit<NewRow<'changed_session'>, 'change_id' | 'section_id'> {
	return {
		session_id: session.id,
		status_before: session.status,
		date_before: session.date,
		time_before: session.time,
		minutes_before: session.minutes,
		room_before: session.place.roomId,
		mode_before: session.place.mode,
		place_before_texts: session.place.texts,
		staff_before: idsOf(session.facilitators),
		date_after: target.date,
		time_after: target.time,
		minutes_after: target.minutes,
		room_after: target.place.roomId,
		mode_after: target.place.mode,
		place_after_texts: target.place.texts,
		staff_after: idsOf(target.facilitators),
		version_after: session.version + 1,
		told_at: null,
		stayed: null
	};
}

/** Ids of accounts as a column keeps them, in an order that can be compared. */
export function idsOf(people: readonly { id: string }[]): string {
	return people
		.map(({ id }) => id)
		.toSorted()
		.join(',');
}

function notePlace(id: string) {
	return { table: 'plan_change', column: 'note_sealed', row: id };
}
