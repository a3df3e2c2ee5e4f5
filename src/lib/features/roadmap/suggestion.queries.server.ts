import type { Context } from '#lib/platform/command/context.ts';
import {
	ACTIVITY_STATUSES,
	known,
	type ActivityStatus,
	type SuggestionDecision
} from '#lib/platform/db/vocabularies.ts';
import { compareCodes } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';

/** What a partner would change about a milestone, or about an activity of one. */
export interface Suggestion {
	id: string;
	/** The milestone or the activity it is about. */
	itemId: string;
	/** The one or the other, by name. */
	item: string;
	milestoneId: string;
	partner: string;
	words: string;
	proposed: { startsOn: string; endsOn: string } | null;
	/** As it stands now. */
	current: { startsOn: string; endsOn: string };
	/** null while it waits. */
	decision: SuggestionDecision | null;
	answer: string | null;
}

/** The suggestions within reach, the latest first: those that wait alone, or every one. */
export async function listSuggestions(
	{ db, scope }: Context,
	{ waiting }: { waiting: boolean },
	locale: Locale
): Promise<Suggestion[]> {
	const rows = await db
		.selectFrom('suggestion')
		.innerJoin('milestone', 'milestone.id', 'suggestion.milestone_id')
		.innerJoin('body', 'body.id', 'suggestion.body_id')
		.leftJoin('activity', 'activity.id', 'suggestion.activity_id')
		.selectAll('suggestion')
		.select([
			'milestone.name_texts as milestone_texts',
			'milestone.starts_on as milestone_starts',
			'milestone.due_on as milestone_due',
			'body.name_texts as body_texts',
			'activity.name_texts as activity_texts',
			'activity.starts_on as activity_starts',
			'activity.ends_on as activity_ends'
		])
		.where('suggestion.section_id', '=', scope.sectionId)
		.$if(scope.bodyIds !== null, (query) => query.where('suggestion.body_id', 'in', scope.bodyIds!))
		.$if(waiting, (query) => query.where('suggestion.decision', 'is', null))
		.orderBy('suggestion.made_at', 'desc')
		.orderBy('suggestion.id')
		.limit(200)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		itemId: row.activity_id ?? row.milestone_id,
		item: textIn(row.activity_texts ?? row.milestone_texts, locale),
		milestoneId: row.milestone_id,
		partner: textIn(row.body_texts, locale),
		words: textIn(row.words_texts, locale),
		proposed:
			row.starts_on === null || row.ends_on === null
				? null
				: { startsOn: row.starts_on, endsOn: row.ends_on },
		current: {
			startsOn: row.activity_starts ?? row.milestone_starts,
			endsOn: row.activity_ends ?? row.milestone_due
		},
		decision: row.decision,
		answer: row.answer_texts === null ? null : textIn(row.answer_texts, locale)
	}));
}

/** How many suggestions of the section wait. */
export async function countWaiting({ db, scope }: Context): Promise<number> {
	const row = await db
		.selectFrom('suggestion')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('section_id', '=', scope.sectionId)
		.where('decision', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(row.count);
}

/** A milestone or an activity of a partner's own body. */
export interface OwnItem {
	id: string;
	name: string;
	/** Of an activity: the name of its milestone. */
	under: string | null;
	startsOn: string;
	endsOn: string;
	/** null for a milestone. */
	status: ActivityStatus | null;
}

/** What the actor's own bodies own, by its end. Nothing for whoever belongs to none. */
export async function listOwnItems({ db, scope }: Context, locale: Locale): Promise<OwnItem[]> {
	const bodies = scope.bodyIds ?? [];
	if (bodies.length === 0) return [];
	const milestones = await db
		.selectFrom('milestone')
		.select(['id', 'name_texts', 'starts_on', 'due_on'])
		.where('section_id', '=', scope.sectionId)
		.where('body_id', 'in', bodies)
		.where('reached_on', 'is', null)
		.execute();
	const activities = await db
		.selectFrom('activity')
		.innerJoin('milestone', 'milestone.id', 'activity.milestone_id')
		.selectAll('activity')
		.select('milestone.name_texts as milestone_texts')
		.where('activity.section_id', '=', scope.sectionId)
		.where('activity.body_id', 'in', bodies)
		.execute();
	const items = [
		...milestones.map((row) => ({
			id: row.id,
			name: textIn(row.name_texts, locale),
			...{ under: null, status: null, startsOn: row.starts_on, endsOn: row.due_on }
		})),
		...activities.map((row) => ({
			id: row.id,
			name: textIn(row.name_texts, locale),
			under: textIn(row.milestone_texts, locale),
			...{ startsOn: row.starts_on, endsOn: row.ends_on },
			status: known(ACTIVITY_STATUSES, row.status)
		}))
	];
	return items.sort((a, b) => compareCodes(a.endsOn, b.endsOn) || compareCodes(a.id, b.id));
}
