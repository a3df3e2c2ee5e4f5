import type { z } from 'zod';
import { lockCentre } from '#lib/features/centres/rows.commands.server.ts';
import { findCentre, getCentre } from '#lib/features/centres/queries.server.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { fold } from '#lib/platform/i18n/fold.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { cohortEditForm, cohortForm } from './forms.ts';
import { giveTo, replaceFacilitators } from './facilitators.commands.server.ts';
import { cohortsInScope } from './queries.server.ts';

export type CohortRefusal = {
	reason: 'not_found' | 'name_taken' | 'stranger' | 'too_small' | 'audience_fixed';
};

type CohortInput = z.output<typeof cohortForm> & { locale: Locale };

/** Opens a cohort at a centre within reach. Refuses a name the centre has, and facilitators of elsewhere. */
export function addCohort(
	ctx: Context,
	input: CohortInput & { centreId: string },
	once: string
): Promise<Outcome<{ id: string }, CohortRefusal | KeyReused>> {
	return command(ctx, { name: 'add cohort', once, input }, async ({ ctx, refuse, audit }) => {
		const centre = await findCentre(ctx, input.centreId, input.locale);
		if (!centre) return refuse({ reason: 'not_found' });
		const fault = await faultOf(ctx, input);
		if (fault) return refuse({ reason: fault });
		const id = newId();
		await ctx.db
			.insertInto('cohort')
			.values({
				id,
				section_id: ctx.scope.sectionId,
				centre_id: input.centreId,
				name_texts: textsJson({ [input.locale]: input.name }),
				...columnsOf(input),
				member_count: 0,
				status: 'open'
			})
			.execute();
		const today = dateIn(centre.zone, ctx.now);
		await giveTo(ctx, id, { accountIds: input.facilitators, fromOn: today });
		await audit({
			action: 'add cohort',
			objectType: 'cohort',
			objectId: id,
			fields: ['name_texts', ...Object.keys(columnsOf(input)), 'facilitators']
		});
		return { id };
	});
}

/**
 * Changes a cohort; its name in the reader's language only. Refuses fewer places than members, and another
 * audience once there are members. Sessions already planned stay with whoever was to run them. Part of a larger
 * command, which writes the audit row: answers the fields that changed.
 */
export async function changeCohort(
	{ ctx, refuse }: Pick<Work<CohortRefusal>, 'ctx' | 'refuse'>,
	input: z.output<typeof cohortEditForm> & { cohortId: string; locale: Locale }
): Promise<{ fields: string[]; zone: string }> {
	const before = await cohortsInScope(ctx)
		.where('cohort.id', '=', input.cohortId)
		.executeTakeFirst();
	if (!before) return refuse({ reason: 'not_found' });
	const { id, centre_id: centreId } = before;
	const fault = await faultOf(ctx, { ...input, centreId }, id);
	if (fault) return refuse({ reason: fault });
	const names = { ...(JSON.parse(before.name_texts) as Texts), [input.locale]: input.name };
	const changed = await ctx.db
		.updateTable('cohort')
		.set({ name_texts: textsJson(names), status: input.status, ...columnsOf(input) })
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('member_count', '<=', input.capacity)
		.where((eb) => eb.or([eb('audience', '=', input.audience), eb('member_count', '=', 0)]))
		.executeTakeFirst();
	if (!changed.numUpdatedRows)
		return refuse({
			reason: before.member_count > input.capacity ? 'too_small' : 'audience_fixed'
		});
	const { zone } = await getCentre(ctx, centreId, input.locale);
	const today = dateIn(zone, ctx.now);
	await replaceFacilitators(ctx, id, { accountIds: input.facilitators, today });
	if (before.audience !== input.audience)
		await keepCounts(ctx.db, ctx.scope.sectionId, { cohorts: [id] });
	return {
		fields: ['name_texts', 'status', ...Object.keys(columnsOf(input)), 'facilitators'],
		zone
	};
}

/** What stands in the way. Cohorts of a centre are named one after another, so that no name is given twice. */
async function faultOf(
	ctx: Context,
	{ centreId, name, facilitators, locale }: CohortInput & { centreId: string },
	self?: string
): Promise<'name_taken' | 'stranger' | undefined> {
	await lockCentre(ctx, centreId);
	const others = await ctx.db
		.selectFrom('cohort')
		.select(['id', 'name_texts'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('centre_id', '=', centreId)
		.execute();
	const isTaken = others.some(
		({ id, name_texts }) =>
			id !== self &&
			Object.values(JSON.parse(name_texts) as Texts).some((one) => fold(one ?? '') === fold(name))
	);
	if (isTaken) return 'name_taken';
	const known = new Set((await listFacilitators(ctx, centreId, locale)).map(({ id }) => id));
	return facilitators.every((id) => known.has(id)) ? undefined : 'stranger';
}

function columnsOf({ audience, ageFrom, ageTo, capacity }: CohortInput) {
	return { audience, age_from: ageFrom, age_to: ageTo, capacity };
}
