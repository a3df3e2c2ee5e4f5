import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import {
	changeAccess,
	correctDetails,
	dropCode,
	renewLink,
	switchOff,
	switchOn
} from '#lib/features/staff/access.commands.server.ts';
import { accessForm, decisionForm, detailsForm } from '#lib/features/staff/forms.ts';
import { listAccounts } from '#lib/features/staff/queries.server.ts';
import {
	ACCESS_REFUSALS,
	ACCOUNT_REFUSALS,
	DETAILS_REFUSALS
} from '#lib/features/staff/refusals.ts';
import { listBodies } from '#lib/features/organisation/body.queries.server.ts';
import { accessOf } from '#lib/features/staff/rules.ts';
import { countToRun } from '#lib/features/sessions/ahead.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { answeringAction, commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { isLocale } from '#lib/platform/i18n/locale.ts';
import type { LinkKind } from '#lib/platform/login/links.ts';
import { bringLink } from '../link.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const account = await accountHere(event);
	const centres = await listCentres(ctx, locale);
	const { zone } = await getSection(ctx, locale);
	const from = dateIn(zone, event.locals.now);
	return {
		account,
		toRun: await countToRun(ctx, { accountId: account.id, from }),
		isOwn: account.id === actorOf(event.locals).accountId,
		centres: centres.map(({ id, name }) => ({ id, name })),
		bodies: await listBodies(ctx, locale),
		projects: await listChoices(
			ctx,
			locale,
			account.roles.flatMap(({ projectId }) => projectId ?? [])
		),
		form: openForm(event, accessOf(account.roles)),
		details: openForm(event, { name: account.name, email: account.email }),
		decision: openForm(event)
	};
};

export const actions: Actions = {
	save: commandAction({
		here: accountHere,
		form: accessForm,
		run: (ctx, { data, here, once }) => changeAccess(ctx, { ...data, accountId: here.id }, once),
		refused: ACCESS_REFUSALS,
		to: (_, { here }) => back(here, 'access_saved')
	}),
	/** Answers with a fresh link where one had been sent to another address. */
	details: answeringAction({
		here: accountHere,
		form: detailsForm,
		as: 'details',
		run: (ctx, { data, here, once }) => correctDetails(ctx, { ...data, accountId: here.id }, once),
		refused: DETAILS_REFUSALS,
		answer: async (done, { data, here: { locale }, event }) => ({
			isCorrected: true,
			ready: done ? await linkFor(event, { ...data, locale }, done) : undefined
		})
	}),
	link: bringing(renewLink),
	off: deciding(switchOff, 'switched_off'),
	on: deciding(switchOn, 'switched_on'),
	dropCode: bringing(dropCode)
};

/** An action that answers with a link for the person, shown this once. */
function bringing(makeLinkFor: typeof renewLink) {
	return answeringAction({
		here: accountHere,
		form: decisionForm,
		as: 'decision',
		run: (ctx, { here, once }) => makeLinkFor(ctx, here.id, once),
		refused: ACCOUNT_REFUSALS,
		answer: async (done, { here, event }) => ({ ready: await linkFor(event, here, done) })
	});
}

/** The words that bring a person their link, in their language. */
function linkFor(
	event: RequestEvent,
	{ name, email, locale }: { name: string; email: string; locale: string },
	link: { link: string; kind: LinkKind }
) {
	const theirs = isLocale(locale) ? locale : event.locals.locale;
	return bringLink(event, { name, email, locale: theirs, ...link });
}

/** An action that asks for nothing but the decision. */
function deciding(decide: typeof switchOff, done: string) {
	return commandAction({
		here: accountHere,
		form: decisionForm,
		as: 'decision',
		run: (ctx, { here, once }) => decide(ctx, here.id, once),
		refused: ACCOUNT_REFUSALS,
		to: (_, { here }) => back(here, done)
	});
}

async function accountHere({ locals, params }: RequestEvent) {
	const [account] = await listAccounts(ctxOf(locals), locals.locale, params.id);
	return account ?? error(404, m.error_not_found());
}

function back({ id }: { id: string }, done: string): string {
	return `/settings/accounts/${id}?done=${done}`;
}
