import { getSection } from '#lib/features/centres/queries.server.ts';
import { listNetworkReach, listTargetReach } from '#lib/features/reach/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { PageServerLoad } from './$types';

/** Managers see their country with its centres, coordinators their centres, partners the country, the network all sections. */
export const load: PageServerLoad = async ({ locals }) => {
	const { locale, now, ctx, house } = locals;
	if (!ctx) {
		const today = dateIn('UTC', now);
		return {
			now,
			zone: 'UTC',
			today,
			whole: true,
			sections: await listNetworkReach(house.db, today, locale)
		};
	}
	const section = await getSection(ctx, locale);
	const today = dateIn(section.zone, now);
	const withCentres = ctx.actor.role !== 'advisory_group';
	return {
		now,
		zone: section.zone,
		today,
		whole: ctx.scope.centreIds === null,
		sections: [
			{
				sectionId: section.id,
				section: section.name,
				targets: await listTargetReach(ctx, { today, withCentres }, locale)
			}
		]
	};
};
