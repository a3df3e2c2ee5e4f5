import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { OwnConcern } from './types.ts';

/** Whether the actor raised anything that is still kept. */
export async function hasOwnConcerns(ctx: Context): Promise<boolean> {
	const one = await own(ctx).select('concern.id').limit(1).executeTakeFirst();
	return one !== undefined;
}

/** What the actor raised, the latest first: whether somebody is at it, never who or how it ended. */
export async function listOwnConcerns(ctx: Context, locale: Locale): Promise<OwnConcern[]> {
	const rows = await own(ctx)
		.innerJoin('section', 'section.id', 'concern.section_id')
		.leftJoin('centre', 'centre.id', 'concern.centre_id')
		.select(['concern.id', 'concern.urgency', 'concern.raised_at'])
		.select(['concern.taken_at', 'concern.closed_at'])
		.select(['section.zone as section_zone', 'centre.zone', 'centre.name_texts'])
		.orderBy('concern.raised_at', 'desc')
		.orderBy('concern.id')
		.execute();
	return rows.map((row) => ({
		...{ id: row.id, urgency: row.urgency, raisedAt: row.raised_at },
		centre: row.name_texts === null ? null : textIn(row.name_texts, locale),
		zone: row.zone ?? row.section_zone,
		status: row.closed_at !== null ? 'closed' : row.taken_at !== null ? 'taken' : 'waiting'
	}));
}

function own({ db, scope, actor }: Context) {
	return db
		.selectFrom('concern')
		.where('concern.section_id', '=', scope.sectionId)
		.where('concern.raised_by', '=', actor.accountId);
}
