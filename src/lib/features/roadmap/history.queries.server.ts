import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Reader } from '#lib/platform/command/reader.ts';
import { isOwnMilestone, sightOf } from './outcomes.queries.server.ts';
import type { Change, EvidenceLink, Milestone } from './types.ts';

/** Every change of the dates of a milestone and of those of its activities the reader sees, the first one first. */
export async function listChanges(db: Db, milestone: Milestone, locale: Locale): Promise<Change[]> {
	const rows = await db
		.selectFrom('date_change')
		.selectAll()
		.where('milestone_id', '=', milestone.id)
		.orderBy('changed_at')
		.orderBy('id')
		.execute();
	return ofShown(rows, milestone).map((row) => ({
		id: row.id,
		activity: nameOf(milestone, row.activity_id),
		startsBefore: row.starts_before,
		endsBefore: row.ends_before,
		startsAfter: row.starts_after,
		endsAfter: row.ends_after,
		reason: textIn(row.reason_texts, locale),
		changedAt: row.changed_at
	}));
}

/** What shows that a milestone, or one of its activities the reader sees, was done. */
export async function listEvidence(
	db: Db,
	milestone: Milestone,
	locale: Locale
): Promise<EvidenceLink[]> {
	const rows = await db
		.selectFrom('evidence_link as evidence')
		.leftJoin('file', 'file.id', 'evidence.file_id')
		.selectAll('evidence')
		.select(['file.type', 'file.size_bytes'])
		.where('evidence.milestone_id', '=', milestone.id)
		.orderBy('evidence.added_at')
		.orderBy('evidence.id')
		.execute();
	return ofShown(rows, milestone).map((row) => ({
		id: row.id,
		name: textIn(row.name_texts, locale),
		address: row.address,
		file: row.type && { type: row.type, bytes: row.size_bytes! },
		activity: nameOf(milestone, row.activity_id)
	}));
}

/** The milestones within reach a milestone comes after, by due date. */
export async function listAfter(
	reader: Reader,
	id: string,
	locale: Locale
): Promise<{ id: string; name: string }[]> {
	const rows = await reader.db
		.selectFrom('milestone_after as next')
		.innerJoin('milestone', 'milestone.id', 'next.after_id')
		.select(['milestone.id', 'milestone.name_texts'])
		.where('next.milestone_id', '=', id)
		.where(isOwnMilestone(sightOf(reader)))
		.orderBy('milestone.due_on')
		.execute();
	return rows.map((row) => ({ id: row.id, name: textIn(row.name_texts, locale) }));
}

function ofShown<Row extends { activity_id: string | null }>(
	rows: readonly Row[],
	{ activities }: Milestone
): Row[] {
	return rows.filter(
		({ activity_id }) => activity_id === null || activities.some(({ id }) => id === activity_id)
	);
}

function nameOf({ activities }: Milestone, id: string | null): string | null {
	return activities.find((one) => one.id === id)?.name ?? null;
}
