import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import { invite } from '#lib/features/staff/commands.server.ts';
import { invitationForm } from '#lib/features/staff/forms.ts';
import { listAccounts } from '#lib/features/staff/queries.server.ts';
import { INVITATION_REFUSALS } from '#lib/features/staff/refusals.ts';
import { listBodies } from '#lib/features/organisation/body.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { answeringAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { bringLink } from './link.server.ts';
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
		projects: await listChoices(ctx, locale),
		accounts: (await listAccounts(ctx, locale)).map(({ invitedUntil, ...account }) => ({
			...account,
			until: invitedUntil === null ? null : dateIn(section.zone, invitedUntil)
		})),
		form: freshForm(event)
	};
};

export const actions: Actions = {
	invite: answeringAction({
		form: invitationForm,
		run: (ctx, { data, once }) => invite(ctx, data, once),
		refused: INVITATION_REFUSALS,
		answer: async ({ link }, { data: { name, email, locale }, event }) => ({
			form: freshForm(event),
			ready: await bringLink(event, { name, email, locale, kind: 'invite', link })
		})
	})
};

function freshForm(event: RequestEvent) {
	return openForm(event, { roles: ['facilitator'], locale: event.locals.locale });
}
