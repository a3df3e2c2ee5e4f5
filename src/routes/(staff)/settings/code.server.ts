import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import { getOwnEmail } from '#lib/platform/login/accounts.ts';
import {
	offerCode,
	readOffer,
	turnCodeOff,
	turnCodeOn,
	type Offer
} from '#lib/platform/login/codes.ts';
import { codeForm, codeOfferForm, codeOnForm } from '#lib/platform/login/forms.ts';
import { qrOf } from '#lib/platform/qr/qr.ts';

/** Shows a new secret to take over into a phone. */
export async function offerOwnCode(event: RequestEvent) {
	const read = await readForm(event, codeOfferForm);
	if (!read.ok) return fail(422, { code: { view: read.form } });
	const offer = offerCode(event.locals.house.ring, await ownerOf(event));
	return { code: offered(offer, openForm(event)) };
}

/** Turns codes on, and shows the recovery codes this once. */
export async function turnOwnCodeOn(event: RequestEvent) {
	const read = await readForm(event, codeOnForm);
	if (!read.ok) return fail(422, { code: await offeredAgain(event, read.form) });
	const { db, ring } = event.locals.house;
	const owner = await ownerOf(event);
	const { offer: sealed, code: typed } = read.data;
	const outcome = await turnCodeOn(db, ring, { ...owner, sealed, typed });
	if (outcome.ok) return { code: { view: openForm(event), recovery: outcome.recovery } };
	if (outcome.reason === 'wrong')
		return fail(422, {
			code: await offeredAgain(event, read.again({ code: m.code_wrong() }, m.form_check_fields()))
		});
	const words = outcome.reason === 'over' ? m.code_offer_over() : m.code_is_on();
	return fail(409, { code: { view: read.again({}, words) } });
}

/** Turns codes off, which takes one more. */
export async function turnOwnCodeOff(event: RequestEvent) {
	const read = await readForm(event, codeForm);
	if (!read.ok) return fail(422, { code: { view: read.form } });
	const { db, ring } = event.locals.house;
	const owner = await ownerOf(event);
	const outcome = await turnCodeOff(db, ring, { ...owner, typed: read.data.code });
	if (outcome === 'off') redirect(303, '/settings?done=code_off');
	return outcome === 'wrong'
		? fail(422, { code: { view: read.again({ code: m.code_wrong() }, m.form_check_fields()) } })
		: fail(429, { code: { view: read.again({}, m.code_too_many()) } });
}

async function ownerOf({ locals }: RequestEvent) {
	const { accountId, sectionId } = locals.actor!;
	const { db, ring } = locals.house;
	return { accountId, sectionId, email: await getOwnEmail(db, ring, accountId), now: locals.now };
}

function offered({ address, key, sealed }: Offer, view: FormView) {
	return { view, offer: { qr: qrOf(address), key, sealed } };
}

/** The same secret once more, beside what was wrong. */
async function offeredAgain(event: RequestEvent, view: FormView) {
	const sealed = String(view.values['offer'] ?? '');
	const offer = readOffer(event.locals.house.ring, { ...(await ownerOf(event)), sealed });
	return offer ? offered(offer, view) : { view };
}
