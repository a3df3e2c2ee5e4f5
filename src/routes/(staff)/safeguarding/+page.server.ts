import { getSection } from '#lib/features/centres/queries.server.ts';
import { HELPLINES, STALE_AFTER_DAYS } from '#lib/features/safeguarding/helplines.rules.ts';
import { daysBetween } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const section = locals.ctx && (await getSection(locals.ctx, locals.locale));
	const today = dateIn(section?.zone ?? 'UTC', locals.now);
	return {
		helplines: HELPLINES.filter(({ country }) => country === section?.country).map((line) => ({
			...line,
			stale: !line.verifiedOn || daysBetween(line.verifiedOn, today) > STALE_AFTER_DAYS
		}))
	};
};
