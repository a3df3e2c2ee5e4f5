import { fail } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { invite } from '#lib/features/staff/commands.server.ts';
import { invitationForm } from '#lib/features/staff/forms.ts';
import { listAccounts } from '#lib/features/staff/queries.server.ts';
import { listBodies } from '#lib/features/staff/roles.commands.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { bringLink } from './link.server.ts';
import { placeErrors } from './places.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const section = await getSection(ctx, locale);
	const centres = await listCentres(ctx, locale);
	return {
		section: section.name,
		centres: centres.map(({ id, name }) => ({ id, name })),
		bodies: await listBodies(ctx, locale),
		accounts: (await listAccounts(ctx, locale)).map(({ invitedUntil, ...account }) => ({
			...account,
			until: invitedUntil === null ? null : dateIn(section.zone, invitedUntil)
		})),
		form: freshForm(event)
	};
};

export const actions: Actions = {
	invite: async (event) => {
		const read = await readForm(event, invitationForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await invite(ctxOf(event.locals), read.data, read.once);
		if (!outcome.ok) {
			const { reason } = outcome.refusal;
			if (reason === 'key_reused') return fail(409, { form: read.again({}, m.form_key_reused()) });
			const errors =
				reason === 'address_taken'
					? { email: m.accounts_address_taken() }
					: placeErrors(reason, read.data);
			return fail(422, { form: read.again(errors, m.form_check_fields()) });
		}
		const { name, email, locale } = read.data;
		const { link } = outcome.done;
		return {
			form: freshForm(event),
			ready: await bringLink(event, { name, email, locale, kind: 'invite', link })
		};
	}
};

function freshForm(event: RequestEvent) {
	return openForm(event, { roles: ['facilitator'], locale: event.locals.locale });
}
