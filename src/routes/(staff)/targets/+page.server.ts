import { getSection } from '#lib/features/centres/queries.server.ts';
import { listMissingRegisters } from '#lib/features/reach/queries.server.ts';
import { shown } from '#lib/features/reach/rules.ts';
import { networkScopeOf } from '#lib/platform/access/actor.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { askedIn } from './address.ts';
import type { PageServerLoad } from './$types';

/** Managers see their country with its centres, coordinators their centres, partners the country, the network all sections. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale, now } = locals;
	const asked = askedIn(url.searchParams);
	if (networkScopeOf(actorOf(locals))) {
		const today = dateIn('UTC', now);
		const sections = await locals.read('network reach', { today });
		return {
			...{ now, zone: 'UTC', today, whole: true, isOutside: true, asked, missing: [] },
			sections: sections.map(({ targets, ...section }) => ({
				...section,
				targets: targets.map((target) => shown(target, asked))
			}))
		};
	}
	const ctx = ctxOf(locals);
	const section = await getSection(ctx, locale);
	const today = dateIn(section.zone, now);
	const targets = await locals.read('target reach', { today });
	return {
		...{ now, zone: section.zone, today, whole: ctx.scope.centreIds === null, asked },
		isOutside: ctx.scope.totalsOnly,
		missing: asked.missingOf ? await listMissingRegisters(ctx, asked.missingOf, today, locale) : [],
		sections: [
			{
				sectionId: section.id,
				section: section.name,
				targets: targets.map((target) => shown(target, asked))
			}
		]
	};
};
