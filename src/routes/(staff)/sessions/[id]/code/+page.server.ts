import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findOpenSession } from '#lib/features/feedback/answering.commands.server.ts';
import { findCodeState } from '#lib/features/feedback/code-states.queries.server.ts';
import { versionOf, wordingOf } from '#lib/features/wording/queries.server.ts';
import { sayIn } from '#lib/features/wording/say.words.ts';
import type { Wording } from '#lib/features/wording/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { preferredLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import { wayIn } from '../way-in.server.ts';
import type { PageServerLoad } from './$types';

/** What the room is shown while the code of a session is open; otherwise there is no such page. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { services, locale, now } = locals;
	const ctx = ctxOf(locals);
	const stands = await findCodeState(ctx, params.id);
	if (stands?.state !== 'open') error(404, m.error_not_found());
	const open = await findOpenSession({ db: services.db, ring: services.ring, now }, stands.code);
	const wording = await wordingOf(services.db, await versionOf(ctx));
	const wished = [preferredLocale(open?.language ?? locale), locale];
	const spoken = wished.filter((one) => wording.offered.includes(one));
	const languages = new Set(spoken.length > 0 ? spoken : wording.offered.slice(0, 1));
	return {
		sessionId: params.id,
		wayIn: wayIn(services.config.origin, stands.code),
		spoken: [...languages].map((locale) => ({ locale, words: wordsIn(locale, wording) }))
	};
};

/** What the room reads, in languages its children are offered: a page's own scripts speak the page's language alone. */
function wordsIn(locale: Locale, wording: Wording) {
	return {
		title: sayIn(locale, wording, 'feedback_code_title'),
		scan: sayIn(locale, wording, 'feedback_code_scan'),
		type: sayIn(locale, wording, 'feedback_code_type'),
		free: sayIn(locale, wording, 'feedback_code_free')
	};
}
