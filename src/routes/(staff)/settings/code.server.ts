import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { actorOf } from '#lib/platform/command/who.ts';
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
	const offer = offerCode(event.locals.services.ring, await ownerOf(event));
	return { code: offeredCode(offer, openForm(event)) };
}

/** Turns codes on, or moves them to another phone, and shows the recovery codes this once. */
export async function turnOwnCodeOn(event: RequestEvent) {
	const read = await readForm(event, codeOnForm);
	if (!read.ok) return fail(422, { code: await offeredAgain(event, read.form) });
	const { db, ring } = event.locals.services;
	const owner = await ownerOf(event);
	const { offer: sealed, code: typed, present } = read.data;
	const outcome = await turnCodeOn(db, ring, { ...owner, sealed, typed, present });
	if (outcome.ok) return { code: { view: openForm(event), recovery: outcome.recovery } };
	const again = (...shown: Parameters<typeof read.again>) =>
		offeredAgain(event, read.again(...shown));
	switch (outcome.reason) {
		case 'wrong':
			return fail(422, {
				code: await again({ code: m.code_wrong_first() }, m.form_check_fields())
			});
		case 'present_wrong':
			return fail(422, { code: await again({ present: m.code_wrong() }, m.form_check_fields()) });
		case 'too_many_tries':
			return fail(429, { code: await again({}, m.code_too_many()) });
		default: {
			const words = outcome.reason === 'over' ? m.code_offer_over() : m.code_is_on();
			return fail(409, { code: { view: read.again({}, words) } });
		}
	}
}

/** Turns codes off, which takes one more; not where the role needs them. */
export async function turnOwnCodeOff(event: RequestEvent) {
	const read = await readForm(event, codeForm);
	if (!read.ok) return fail(422, { code: { view: read.form } });
	if (actorOf(event.locals).secondStep !== 'free')
		return fail(409, { code: { view: read.again({}, m.code_kept()) } });
	const { db, ring } = event.locals.services;
	const owner = await ownerOf(event);
	const outcome = await turnCodeOff(db, ring, { ...owner, typed: read.data.code });
	if (outcome === 'off') redirect(303, '/settings?done=code_off');
	return outcome === 'wrong'
		? fail(422, { code: { view: read.again({ code: m.code_wrong() }, m.form_check_fields()) } })
		: fail(429, { code: { view: read.again({}, m.code_too_many()) } });
}

/** Whose own codes these are. */
export async function ownerOf({ locals }: RequestEvent) {
	const { accountId, sectionId } = actorOf(locals);
	const { db, ring } = locals.services;
	return { accountId, sectionId, email: await getOwnEmail(db, ring, accountId), now: locals.now };
}

/** A secret as the card shows it. */
export function offeredCode({ address, key, sealed }: Offer, view: FormView) {
	return { view, offer: { qr: qrOf(address), address, key, sealed } };
}

/** The same secret once more, beside what was wrong. */
async function offeredAgain(event: RequestEvent, view: FormView) {
	const sealed = String(view.values['offer'] ?? '');
	const offer = readOffer(event.locals.services.ring, { ...(await ownerOf(event)), sealed });
	return offer ? offeredCode(offer, view) : { view };
}
