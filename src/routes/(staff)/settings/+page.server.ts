import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/platform/command/who.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { countRecoveryCodes } from '#lib/platform/login/recovery.ts';
import { languageForm, settingsForm } from '#lib/platform/login/forms.ts';
import { saveSettings } from '#lib/platform/login/settings.ts';
import { ownPath } from '#lib/platform/access/home.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { offerOwnCode, turnOwnCodeOff, turnOwnCodeOn } from './code.server.ts';
import { changeOwnPassword } from './password.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { accountId, locale, theme, secondStep } = actorOf(event.locals);
	return {
		form: openForm(event, { locale, theme }),
		password: openForm(event),
		code: openForm(event),
		mayTurnCodeOff: secondStep === 'free',
		recoveryCodesLeft: await countRecoveryCodes(event.locals.services.db, accountId)
	};
};

export const actions: Actions = {
	save: formAction({ form: settingsForm }, async ({ data, event: { locals } }) => {
		await saveSettings(locals.services.db, actorOf(locals).accountId, data);
		redirect(303, '/settings?done=saved');
	}),
	/** The language menu of every page: choose, and be back where you were. */
	language: formAction({ form: languageForm }, async ({ data: { locale, back }, event }) => {
		const { locals, url } = event;
		await saveSettings(locals.services.db, actorOf(locals).accountId, { locale });
		redirect(303, ownPath(url, back));
	}),
	password: changeOwnPassword,
	codeOffer: offerOwnCode,
	codeOn: turnOwnCodeOn,
	codeOff: turnOwnCodeOff
};
