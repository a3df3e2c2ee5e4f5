import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** Something waits, or a test whether it arrives; outside: for who has no account. */
export type AlertKind = 'waits' | 'outside' | 'test' | 'outside_test';

/** What an alert says in the reader's language: that something waits, never what, of whom or where. */
export function alertWords(
	kind: AlertKind,
	link: string,
	locale: Locale
): { subject: string; text: string } {
	const { subject, text } = {
		waits: { subject: m.alert_subject_waits, text: m.alert_words_waits },
		outside: { subject: m.alert_subject_outside, text: m.alert_words_outside },
		test: { subject: m.alert_subject_test, text: m.alert_words_test },
		outside_test: { subject: m.alert_subject_test, text: m.alert_words_outside_test }
	}[kind];
	return { subject: subject({}, { locale }), text: text({ link }, { locale }) };
}
