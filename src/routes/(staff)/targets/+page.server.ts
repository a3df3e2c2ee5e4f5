import { getSection } from '#lib/features/centres/queries.server.ts';
import type { TargetReach } from '#lib/features/reach/types.ts';
import { networkScopeOf } from '#lib/platform/access/actor.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { PageServerLoad } from './$types';

/** Managers see their country with its centres, coordinators their centres, partners the country, the network all sections. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale, now } = locals;
	if (networkScopeOf(locals.actor!)) {
		const today = dateIn('UTC', now);
		return {
			now,
			zone: 'UTC',
			today,
			whole: true,
			sections: await locals.read('network reach', { today })
		};
	}
	const ctx = locals.ctx!;
	const section = await getSection(ctx, locale);
	const today = dateIn(section.zone, now);
	return {
		now,
		zone: section.zone,
		today,
		whole: ctx.scope.centreIds === null,
		sections: [
			{
				sectionId: section.id,
				section: section.name,
				targets: (await locals.read('target reach', { today })).map((target) =>
					withCentres(target, url.searchParams.get('centres'))
				)
			}
		]
	};
};

/** Centres of a period that has ended come when they are asked for: they would be most of the page. */
function withCentres(target: TargetReach, asked: string | null) {
	const isLeftOut = target.closed && target.id !== asked && target.centres.length > 0;
	return isLeftOut ? { ...target, centres: [], centresLeftOut: true } : target;
}
