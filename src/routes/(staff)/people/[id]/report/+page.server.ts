import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { readReport } from '#lib/features/erasure/report.queries.server.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import { asksForGroup } from '#lib/features/people/rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = ctxOf(locals);
	const person = await findPerson(ctx, params.id, locals.locale);
	if (!person) error(404, m.error_not_found());
	const section = await getSection(ctx, locals.locale);
	return {
		person,
		report: await readReport(ctx, person.id, locals.locale),
		section: section.name,
		hasGroups: asksForGroup(section.country),
		today: dateIn(section.zone, ctx.now)
	};
};
