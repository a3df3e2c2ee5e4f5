import type { Context } from '#lib/platform/command/context.ts';
import { known, UNPLANNED_REASONS, type UnplannedReason } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';

/** The ids of the section's cycles that serve a milestone. */
export async function listServing({ db, scope }: Context): Promise<Set<string>> {
	const rows = await db
		.selectFrom('milestone_cycle')
		.select('cycle_id')
		.distinct()
		.where('section_id', '=', scope.sectionId)
		.execute();
	return new Set(rows.map(({ cycle_id }) => cycle_id));
}

/** Why cycles of the section serve none, as far as somebody said it, by their id. */
export async function listReasons({ db, scope }: Context): Promise<Map<string, UnplannedReason>> {
	const rows = await db
		.selectFrom('unplanned_cycle')
		.select(['cycle_id', 'reason'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	return new Map(rows.map((row) => [row.cycle_id, known(UNPLANNED_REASONS, row.reason)]));
}

/** The open milestones of the section that count sessions, by due date. */
export async function listOpenForSessions(
	{ db, scope }: Context,
	locale: Locale
): Promise<{ id: string; name: string }[]> {
	const rows = await db
		.selectFrom('milestone')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.where('kind', '=', 'sessions')
		.where('reached_on', 'is', null)
		.orderBy('due_on')
		.orderBy('id')
		.execute();
	return rows.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }));
}
