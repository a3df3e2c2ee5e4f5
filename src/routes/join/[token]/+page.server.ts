import { error, fail } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { fieldErrorText } from '#lib/platform/forms/errors.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { isLocale, LOCALES } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { joinForm } from '#lib/platform/login/forms.ts';
import { findLinkHolder, takeLink } from '#lib/platform/login/links.ts';
import { passwordFault } from '#lib/platform/login/password-fault.ts';
import { enter } from '#lib/platform/login/second-step.ts';
import { cookieName } from '#lib/platform/login/sessions.ts';
import { leadIn, unlessBusy } from '../../login/cookie.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { kind, name, email, sectionTexts } = await holderOf(event);
	const { locale } = event.locals;
	return {
		locale,
		kind,
		name,
		email,
		/** null: the network. */
		section: sectionTexts === null ? null : textIn(sectionTexts, locale),
		form: openForm(event, { locale })
	};
};

export const actions: Actions = {
	default: formAction(
		{ here: holderOf, form: joinForm },
		async ({ data: { password, locale }, here: holder, again, event }) => {
			const { services, now } = event.locals;
			const { sectionTexts: texts } = holder;
			const sections = texts === null ? [] : LOCALES.map((code) => textIn(texts, code));
			const fault = passwordFault(password, [holder.name, holder.email, ...sections]);
			if (fault)
				return fail(422, {
					form: again({ password: fieldErrorText(fault) }, m.form_check_fields())
				});
			const chosen = { token: event.params.token, password, locale, now };
			const taken = await unlessBusy(event, takeLink(services.db, holder, chosen));
			if (taken === null) return fail(503, { form: again({}, m.login_busy()) });
			if (!taken) error(404, m.join_over());
			const before = event.cookies.get(cookieName(services.config.origin));
			const { accountId } = holder;
			return leadIn(
				event,
				await enter(services.db, services.ring, accountId, now, before),
				accountId
			);
		}
	)
};

/**
 * Whoever the link is for; 404 alike for a link that is unknown, used or over. The page speaks the language
 * the link was sent in, until another is chosen on it.
 */
async function holderOf({ locals, params, url }: RequestEvent) {
	const { db, ring } = locals.services;
	const holder = await findLinkHolder(db, ring, params.token, locals.now);
	if (!holder) error(404, m.join_over());
	if (!url.searchParams.has('lang') && isLocale(holder.locale)) locals.locale = holder.locale;
	return holder;
}
