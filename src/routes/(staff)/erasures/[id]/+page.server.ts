import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { findReceipt } from '#lib/features/erasure/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = ctxOf(locals);
	const receipt = await findReceipt(ctx, params.id);
	if (!receipt?.erased || !receipt.erasedOn) error(404, m.error_not_found());
	const { erased, erasedOn } = receipt;
	const section = await getSection(ctx, locals.locale);
	return { receipt: { ...receipt, erased, erasedOn }, section: section.name, zone: section.zone };
};
