import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findOpenSession } from '#lib/features/feedback/answering.commands.server.ts';
import { findCodeState } from '#lib/features/feedback/code-states.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { preferredLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import { wayIn } from '../way-in.server.ts';
import type { PageServerLoad } from './$types';

/** What the room is shown while the code of a session is open; otherwise there is no such page. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { services, locale, now } = locals;
	const stands = await findCodeState(ctxOf(locals), params.id);
	if (stands?.state !== 'open') error(404, m.error_not_found());
	const open = await findOpenSession({ db: services.db, ring: services.ring, now }, stands.code);
	const languages = new Set([preferredLocale(open?.language ?? locale), locale]);
	return {
		sessionId: params.id,
		wayIn: wayIn(services.config.origin, stands.code),
		spoken: [...languages].map((locale) => ({ locale, words: wordsIn(locale) }))
	};
};

/** What the room reads: a page's own scripts speak the page's language alone. */
function wordsIn(locale: Locale) {
	return {
		title: m.feedback_code_title({}, { locale }),
		scan: m.feedback_code_scan({}, { locale }),
		type: m.feedback_code_type({}, { locale }),
		free: m.feedback_code_free({}, { locale })
	};
}
