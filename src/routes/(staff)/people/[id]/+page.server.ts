import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listTakingPart } from '#lib/features/attendance/queries.server.ts';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { findPerson } from '#lib/features/people/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx, locale, now } = event.locals;
	const person = await personHere(event);
	const { zone, country } = await getSection(ctx!, locale);
	return {
		person,
		age: ageOn(person, dateIn(zone, now)),
		hasGroups: country === 'LB',
		takingPart: await listTakingPart(ctx!, person.id, locale)
	};
};

async function personHere({ locals, params }: RequestEvent) {
	const person = await findPerson(locals.ctx!, params.id, locals.locale);
	return person ?? error(404, m.error_not_found());
}
