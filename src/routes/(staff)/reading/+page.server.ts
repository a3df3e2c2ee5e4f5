import { listWaitingWords } from '#lib/features/feedback/reading.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** Sessions whose words wait for the reader: how many there are, and nothing of them. */
export const load: PageServerLoad = async ({ locals }) => ({
	waiting: await listWaitingWords(ctxOf(locals), locals.locale)
});
