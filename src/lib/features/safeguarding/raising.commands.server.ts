import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { planOf } from '#lib/features/alerts/clock.rules.ts';
import { startClock } from '#lib/features/alerts/clocks.commands.server.ts';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import { writeAudit } from '#lib/platform/command/audit.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import type { Urgency } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { coarse } from './commands.server.ts';
import type { raiseForm } from './forms.ts';
import { hasOwnConcerns, listOwnConcerns } from './own.queries.server.ts';
import { isReadByAnybody } from './queries.server.ts';
import { noticedAt } from './raising.rules.ts';
import type { OwnConcern } from './types.ts';

export type RaiseRefusal = { reason: 'centre' | 'time' | 'date' };

/**
 * A colleague is worried about a child: how soon somebody has to act, and nothing of why, of whom or what happened. The
 * focal points know from whom it is and ask. A complaint about staff skips the centre. Answers whether any focal point may read it at
 * all. It finds room on a full disk.
 */
export function raiseStaffConcern(
	ctx: Context,
	input: z.output<typeof raiseForm>,
	once: string
): Promise<Outcome<{ urgency: Urgency; isRead: boolean }, RaiseRefusal | KeyReused>> {
	return fromReserve(ctx.db, () =>
		command(coarse(ctx), { name: 'raise concern', once, input }, async (work) => {
			const { ctx: within, refuse, audit } = work;
			const place = await placeOf(within, input.centre);
			if (!place) return refuse({ reason: 'centre' });
			const noticed = noticedAt(input, place.zone, ctx.now);
			if (noticed === null) return refuse({ reason: input.noticed === 'before' ? 'date' : 'time' });
			const id = randomUUID();
			const { sectionId } = within.scope;
			await within.db
				.insertInto('concern')
				.values({
					...{ id, section_id: sectionId, kind: 'staff', raised_by: within.actor.accountId },
					...{ session_id: null, centre_id: place.centreId, nickname_sealed: null },
					...{ urgency: input.urgency, consent: input.consent },
					is_wish_asked: input.wishAsked === 'yes' ? 1 : 0,
					is_about_staff: input.aboutStaff === 'yes' ? 1 : 0,
					...{ noticed_at: noticed, raised_at: within.now },
					...{ taken_by: null, taken_at: null, closed_at: null }
				})
				.execute();
			const plan = planOf({ kind: 'staff', urgency: input.urgency });
			await startClock(within.db, {
				...{ subject: 'concern', subjectId: id, sectionId, plan, startedAt: noticed }
			});
			await audit({ action: 'raise concern', objectType: 'concern', objectId: id, fields: [] });
			return { urgency: input.urgency, isRead: await isReadByAnybody(within, id) };
		})
	);
}

/** The centre within reach and the zone of its clock; of none, the section's. undefined for any other centre. */
async function placeOf(
	{ db, scope }: Context,
	centreId: string | undefined
): Promise<{ centreId: string | null; zone: string } | undefined> {
	if (centreId === undefined) {
		const section = await db
			.selectFrom('section')
			.select('zone')
			.where('id', '=', scope.sectionId)
			.executeTakeFirstOrThrow();
		return { centreId: null, zone: section.zone };
	}
	if (!reachesCentre(scope, centreId)) return undefined;
	const centre = await db
		.selectFrom('centre')
		.select('zone')
		.where('id', '=', centreId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return centre && { centreId, zone: centre.zone };
}

/**
 * What somebody raised and how it stands, having written down first that they looked; empty, and nothing written, when
 * they raised nothing. Throws, and shows nothing, when that cannot be stored.
 */
export async function lookAtOwnConcerns(ctx: Context, locale: Locale): Promise<OwnConcern[]> {
	if (!(await hasOwnConcerns(ctx))) return [];
	const entry = {
		...{ action: 'look at own concerns', objectType: 'account', objectId: ctx.actor.accountId },
		fields: []
	};
	await fromReserve(ctx.db, () => writeAudit(ctx, entry));
	return listOwnConcerns(ctx, locale);
}
