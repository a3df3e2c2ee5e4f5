import { getSection } from '#lib/features/centres/queries.server.ts';
import { listReceipts, listWaiting } from '#lib/features/erasure/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = ctxOf(locals);
	return {
		zone: (await getSection(ctx, locals.locale)).zone,
		waiting: await listWaiting(ctx),
		receipts: await listReceipts(ctx)
	};
};
