import { getSection } from '#lib/features/centres/queries.server.ts';
import { listForPaper } from '#lib/features/feedback/paper.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = ctxOf(locals);
	const today = dateIn((await getSection(ctx, locals.locale)).zone, locals.now);
	return { sessions: await listForPaper(ctx, { today }, locals.locale) };
};
