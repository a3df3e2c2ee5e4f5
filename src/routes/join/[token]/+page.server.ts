import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrorText } from '#lib/platform/forms/errors.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { isLocale, LOCALES } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { joinForm } from '#lib/platform/login/forms.ts';
import { findLinkHolder, takeLink } from '#lib/platform/login/links.ts';
import { passwordFault } from '#lib/platform/login/password-fault.ts';
import { enter } from '#lib/platform/login/second-step.ts';
import { cookieName } from '#lib/platform/login/sessions.ts';
import { leadIn, unlessBusy, withoutPassword } from '../../login/cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { kind, name, email, sectionTexts } = await holderOf(event);
	const { locale } = event.locals;
	return {
		locale,
		kind,
		name,
		email,
		section: textIn(sectionTexts, locale),
		form: openForm(event, { locale })
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { house, now } = event.locals;
		const holder = await holderOf(event);
		const read = await readForm(event, joinForm);
		if (!read.ok) return fail(422, { form: withoutPassword(read.form) });
		const again = (...shown: Parameters<typeof read.again>) => ({
			form: withoutPassword(read.again(...shown))
		});
		const { password, locale } = read.data;
		const sections = LOCALES.map((code) => textIn(holder.sectionTexts, code));
		const fault = passwordFault(password, [holder.name, holder.email, ...sections]);
		if (fault) return fail(422, again({ password: fieldErrorText(fault) }, m.form_check_fields()));
		const token = event.params.token!;
		const chosen = { token, password, locale, now };
		const taken = await unlessBusy(event, takeLink(house.db, holder, chosen));
		if (taken === null) return fail(503, again({}, m.login_busy()));
		if (!taken) error(404, m.join_over());
		const before = event.cookies.get(cookieName(house.config.origin));
		const { accountId } = holder;
		return leadIn(event, await enter(house.db, house.ring, accountId, now, before), accountId);
	}
};

/**
 * Whoever the link is for; 404 alike for a link that is unknown, used or over. The page speaks the language
 * the link was sent in, until another is chosen on it.
 */
async function holderOf({ locals, params, url }: RequestEvent) {
	const { db, ring } = locals.house;
	const holder = await findLinkHolder(db, ring, params.token!, locals.now);
	if (!holder) error(404, m.join_over());
	if (!url.searchParams.has('lang') && isLocale(holder.locale)) locals.locale = holder.locale;
	return holder;
}
