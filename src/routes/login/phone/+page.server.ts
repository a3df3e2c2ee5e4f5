import { openForm } from '#lib/platform/forms/form.server.ts';
import { countRecoveryCodes } from '#lib/platform/login/recovery.ts';
import { offerCode } from '#lib/platform/login/codes.ts';
import { offeredCode, ownerOf, turnOwnCodeOn } from '../../(staff)/settings/code.server.ts';
import { comeBackTo } from '../cookie.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where a login first leads whose role needs a code from a phone. It writes nothing: a reload offers another secret. */
export const load: PageServerLoad = async (event) => {
	const { db, ring } = event.locals.services;
	const owner = await ownerOf(event);
	const isOn = (await countRecoveryCodes(db, owner.accountId)) !== null;
	const view = openForm(event);
	return {
		onwards: comeBackTo(event.url),
		code: isOn ? null : offeredCode(offerCode(ring, owner), view)
	};
};

export const actions: Actions = { codeOn: turnOwnCodeOn };
