import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	setUpOrganisation,
	type SetupRefusal
} from '#lib/features/organisation/commands.server.ts';
import { countryForm, setupForm } from '#lib/features/organisation/forms.ts';
import { isSetupLink, takeLinkTry } from '#lib/features/organisation/link.commands.server.ts';
import { startFor } from '#lib/features/organisation/rules.ts';
import { askerOf } from '#lib/platform/access/asker.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { fieldErrorText } from '#lib/platform/forms/errors.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { COUNTRIES, countryName, listCountries, zonesOf } from '#lib/platform/i18n/countries.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { cookieName, startLogin } from '#lib/platform/login/sessions.ts';
import { keepLogin, unlessBusy } from '../../login/cookie.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locale, services, now } = event.locals;
	if (!(await isSetupLink(services.db, event.params.token, now))) error(404, m.setup_link_wrong());
	const country = countryOf(event.url.searchParams.get('country') ?? '');
	return {
		countries: listCountries(locale),
		...placeOf(country, locale),
		form: openForm(event, {
			...startFor(country),
			chosen: country,
			language: locale,
			languages: [locale],
			holidays: 'yes'
		})
	};
};

export const actions: Actions = {
	/** Takes another country, with its time and week, and keeps what was typed. */
	country: formAction(
		{ here: linkHere, form: countryForm },
		async ({ data, again, event: { locals } }) => {
			const country = countryOf(data.chosen);
			const form = again({});
			const values = { ...form.values, ...startFor(country), chosen: country };
			return { form: { ...form, values }, place: placeOf(country, locals.locale) };
		}
	),
	create: formAction({ here: linkHere, form: setupForm }, async ({ data, again, here, event }) => {
		const { services, locale, now } = event.locals;
		const input = { ...data, token: here, locale, now };
		const outcome = await unlessBusy(event, setUpOrganisation(services, input));
		if (!outcome) return fail(503, { form: again({}, m.login_busy()) });
		if (outcome.ok) {
			const before = event.cookies.get(cookieName(services.config.origin));
			const { accountId } = outcome.done;
			await keepLogin(event, await startLogin(services.db, accountId, now, before), accountId);
			redirect(303, '/settings/organisation?done=set_up');
		}
		if (outcome.refusal.reason === 'link') return refuseLink(event);
		return fail(422, { form: again(faultOf(outcome.refusal), m.form_check_fields()) });
	})
};

/** The token of a link that still holds. */
async function linkHere(event: RequestEvent): Promise<string> {
	const { services, now } = event.locals;
	const { token } = event.params;
	return (await isSetupLink(services.db, token, now)) ? token : refuseLink(event);
}

/** Used, old and invented links answer alike. */
async function refuseLink(event: RequestEvent): Promise<never> {
	const { services, now } = event.locals;
	const mayTry = await takeLinkTry(services.db, services.ring, askerOf(event), now);
	return mayTry ? error(404, m.setup_link_wrong()) : error(429, m.setup_too_many());
}

function placeOf(country: string, locale: Locale) {
	return {
		country: { code: country, name: countryName(country, locale) },
		zones: zonesOf(country)
	};
}

/** Lebanon, until another country is asked for. */
function countryOf(wanted: string): string {
	return COUNTRIES.includes(wanted) ? wanted : 'LB';
}

function faultOf(refusal: Exclude<SetupRefusal, { reason: 'link' }>): Record<string, string> {
	switch (refusal.reason) {
		case 'password':
			return { password: fieldErrorText(refusal.fault) };
		case 'email_taken':
			return { email: m.setup_email_taken() };
		default:
			return { zone: m.form_choose() };
	}
}
