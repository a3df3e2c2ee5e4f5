import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import {
	changeAccess,
	dropCode,
	renewLink,
	switchOff,
	switchOn,
	type AccountRefusal
} from '#lib/features/staff/access.commands.server.ts';
import { accessForm, decisionForm } from '#lib/features/staff/forms.ts';
import { listAccounts } from '#lib/features/staff/queries.server.ts';
import { listBodies } from '#lib/features/staff/roles.commands.server.ts';
import { accessOf } from '#lib/features/staff/rules.ts';
import type { KeyReused } from '#lib/platform/command/command.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { isLocale } from '#lib/platform/i18n/locale.ts';
import { bringLink } from '../link.server.ts';
import { placeErrors } from '../places.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx, locale, actor } = event.locals;
	const account = await accountHere(event);
	const centres = await listCentres(ctx!, locale);
	return {
		account,
		isOwn: account.id === actor!.accountId,
		centres: centres.map(({ id, name }) => ({ id, name })),
		bodies: await listBodies(ctx!, locale),
		form: openForm(event, accessOf(account.roles)),
		decision: openForm(event)
	};
};

export const actions: Actions = {
	save: async (event) => {
		const { id: accountId } = await accountHere(event);
		const read = await readForm(event, accessForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await changeAccess(event.locals.ctx!, { ...read.data, accountId }, read.once);
		if (outcome.ok) back(accountId, 'access_saved');
		const { reason } = outcome.refusal;
		return reason === 'centre_not_found' || reason === 'body_not_found'
			? fail(422, { form: read.again(placeErrors(reason, read.data), m.form_check_fields()) })
			: fail(409, { form: read.again({}, refusalWords(reason)) });
	},
	link: bringing(renewLink),
	off: deciding(switchOff, 'switched_off'),
	on: deciding(switchOn, 'switched_on'),
	dropCode: bringing(dropCode)
};

/** An action that answers with a link for the person, shown this once. */
function bringing(makeLinkFor: typeof renewLink) {
	return async (event: RequestEvent) => {
		const { id, name, email, locale } = await accountHere(event);
		const read = await readForm(event, decisionForm);
		if (!read.ok) return fail(422, { decision: read.form });
		const outcome = await makeLinkFor(event.locals.ctx!, id, read.once);
		if (!outcome.ok)
			return fail(409, { decision: read.again({}, refusalWords(outcome.refusal.reason)) });
		const theirs = isLocale(locale) ? locale : event.locals.locale;
		return { ready: await bringLink(event, { name, email, locale: theirs, ...outcome.done }) };
	};
}

/** An action that asks for nothing but the decision. */
function deciding(decide: typeof switchOff, done: string) {
	return async (event: RequestEvent) => {
		const { id } = await accountHere(event);
		const read = await readForm(event, decisionForm);
		if (!read.ok) return fail(422, { decision: read.form });
		const outcome = await decide(event.locals.ctx!, id, read.once);
		if (outcome.ok) back(id, done);
		return fail(409, { decision: read.again({}, refusalWords(outcome.refusal.reason)) });
	};
}

async function accountHere({ locals, params }: RequestEvent) {
	const [account] = await listAccounts(locals.ctx!, locals.locale, params.id);
	return account ?? error(404, m.error_not_found());
}

function back(id: string, done: string): never {
	redirect(303, `/settings/accounts/${id}?done=${done}`);
}

function refusalWords(reason: (AccountRefusal | KeyReused)['reason']): string {
	switch (reason) {
		case 'own_account':
			return m.account_own();
		case 'last_admin':
			return m.account_last_admin();
		case 'is_off':
			return m.account_is_off();
		case 'key_reused':
			return m.form_key_reused();
		default:
			return error(404, m.error_not_found());
	}
}
