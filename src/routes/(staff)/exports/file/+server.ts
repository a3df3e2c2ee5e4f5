import { redirect } from '@sveltejs/kit';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { wantedForm } from '#lib/features/exports/forms.ts';
import { daysOfYear, fileNameOf } from '#lib/features/exports/rules.ts';
import { readTables } from '#lib/features/exports/tables.server.ts';
import { isTicket } from '#lib/features/exports/ticket.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { readQuery } from '#lib/platform/forms/form.server.ts';
import { writeTables } from '#lib/platform/sheets/write.server.ts';
import type { RequestHandler } from './$types';

const TYPES = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
};

/** The file a ticket was given for; without a good one, back to where tickets are given. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { locale, now } = locals;
	const ctx = locals.ctx!;
	const read = await readQuery(url, wantedForm);
	if (!read.ok || !isTicket(ctx, read.data, url.searchParams.get('ticket') ?? ''))
		redirect(303, '/exports');
	const { table, format, month } = read.data;
	const today = dateIn((await getSection(ctx, locale)).zone, now);
	const tables = await readTables(ctx, table, { locale, today, month, ...daysOfYear(month) });
	if (tables.length === 0) redirect(303, '/exports');
	const file = await writeTables({ tables, format, rightToLeft: locale === 'ar' });
	const name = fileNameOf(read.data, { today, isPart: ctx.scope.centreIds !== null });
	return new Response(file, {
		headers: {
			'content-type': TYPES[format],
			'content-disposition': `attachment; filename="${name}"`
		}
	});
};
