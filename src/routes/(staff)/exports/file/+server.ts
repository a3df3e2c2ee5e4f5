import { redirect } from '@sveltejs/kit';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { wantedForm } from '#lib/features/exports/forms.ts';
import { fileNameOf } from '#lib/features/exports/rules.ts';
import { isTicket } from '#lib/features/exports/ticket.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { readQuery } from '#lib/platform/forms/form.server.ts';
import { FILE_TYPES } from '../file-types.ts';
import type { RequestHandler } from './$types';

/** The file a ticket was given for; without a good one, back to where tickets are given. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { locale, now } = locals;
	const ctx = ctxOf(locals);
	const read = await readQuery(url, wantedForm);
	if (!read.ok || !isTicket(ctx, read.data, url.searchParams.get('ticket') ?? ''))
		redirect(303, '/exports');
	const today = dateIn((await getSection(ctx, locale)).zone, now);
	const file = await locals.read('export file', { ...read.data, today });
	if (!file) redirect(303, '/exports');
	const name = fileNameOf(read.data, { today, isPart: ctx.scope.centreIds !== null });
	return new Response(file, {
		headers: {
			'content-type': FILE_TYPES[read.data.format],
			'content-disposition': `attachment; filename="${name}"`
		}
	});
};
