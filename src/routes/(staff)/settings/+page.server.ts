import { fail, redirect } from '@sveltejs/kit';
import { countRecoveryCodes } from '#lib/platform/login/recovery.ts';
import { languageForm, settingsForm } from '#lib/platform/login/forms.ts';
import { saveSettings } from '#lib/platform/login/settings.ts';
import { ownPath } from '#lib/platform/access/home.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import { offerOwnCode, turnOwnCodeOff, turnOwnCodeOn } from './code.server.ts';
import { changeOwnPassword } from './password.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { accountId, locale, theme, secondStep } = event.locals.actor!;
	return {
		form: openForm(event, { locale, theme }),
		password: openForm(event),
		code: openForm(event),
		mayTurnCodeOff: secondStep === 'free',
		recoveryCodesLeft: await countRecoveryCodes(event.locals.house.db, accountId)
	};
};

export const actions: Actions = {
	save: async (event) => {
		const read = await readForm(event, settingsForm);
		if (!read.ok) return fail(422, { form: read.form });
		await saveSettings(event.locals.house.db, event.locals.actor!.accountId, read.data);
		redirect(303, '/settings?done=saved');
	},
	/** The language menu of every page: choose, and be back where you were. */
	language: async (event) => {
		const read = await readForm(event, languageForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { locale, back } = read.data;
		await saveSettings(event.locals.house.db, event.locals.actor!.accountId, { locale });
		redirect(303, ownPath(event.url, back));
	},
	password: changeOwnPassword,
	codeOffer: offerOwnCode,
	codeOn: turnOwnCodeOn,
	codeOff: turnOwnCodeOff
};
