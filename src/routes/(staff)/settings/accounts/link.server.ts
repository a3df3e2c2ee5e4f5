import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { linkToken, type LinkKind } from '#lib/platform/login/links.ts';
import { sendLetter } from '#lib/platform/mail/mail.ts';

const WORDS = {
	invite: { subject: m.account_subject_invite, text: m.account_words_invite },
	reset: { subject: m.account_subject_reset, text: m.account_words_reset }
};

/**
 * The words that bring someone their link, in their language, also sent by e-mail where a server is set up (not from
 * the example, whose administrator anybody is). They are in the answer to the form alone: an address would be kept by the browser and by whoever logs addresses.
 */
export async function bringLink(
	{ locals }: RequestEvent,
	to: { name: string; email: string; locale: Locale; kind: LinkKind; link: string }
) {
	const { ring, config } = locals.services;
	const { name, locale } = to;
	const { name: section, isExample } = await getSection(ctxOf(locals), locale);
	const link = new URL(`/join/${linkToken(ring, to.link)}`, config.origin).href;
	const { subject, text } = WORDS[to.kind];
	const words = text({ name, section, link }, { locale });
	const letter = {
		to: to.email,
		locale,
		subject: subject({ section }, { locale }),
		text: words,
		link
	};
	const isSent = config.mail && !isExample ? await sendLetter(config.mail, letter) : null;
	return { name, locale, words, mail: isSent === null ? null : { to: to.email, isSent } };
}
