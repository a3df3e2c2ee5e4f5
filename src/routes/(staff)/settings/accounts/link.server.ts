import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { linkToken, type LinkKind } from '#lib/platform/login/links.ts';

/**
 * The words that bring someone their link, in their language. They are in the answer to the form alone: an address
 * would be kept by the browser and by whoever logs addresses.
 */
export async function wordsFor(
	{ locals }: RequestEvent,
	{ name, locale, kind, link }: { name: string; locale: Locale; kind: LinkKind; link: string }
) {
	const { ring, config } = locals.house;
	const section = await getSection(locals.ctx!, locale);
	const parts = {
		name,
		section: section.name,
		link: new URL(`/join/${linkToken(ring, link)}`, config.origin).href
	};
	const words =
		kind === 'invite'
			? m.account_words_invite(parts, { locale })
			: m.account_words_reset(parts, { locale });
	return { name, locale, words };
}
