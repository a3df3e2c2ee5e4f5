import { m } from '#lib/paraglide/messages.js';
import type { Consent, Urgency } from '#lib/platform/db/vocabularies.ts';
import type { OwnConcern, Worry } from './types.ts';

const URGENCIES: Record<Urgency, { label: () => string; means: () => string; by: () => string }> = {
	imminent: {
		label: m.urgency_imminent,
		means: m.urgency_imminent_means,
		by: m.urgency_imminent_by
	},
	urgent: { label: m.urgency_urgent, means: m.urgency_urgent_means, by: m.urgency_urgent_by },
	routine: { label: m.urgency_routine, means: m.urgency_routine_means, by: m.urgency_routine_by }
};

const CONSENTS: Record<Consent, () => string> = {
	yes: m.consent_yes,
	no: m.consent_no,
	overridden: m.consent_overridden
};

const STATUSES: Record<OwnConcern['status'], () => string> = {
	waiting: m.own_waiting,
	taken: m.own_taken,
	closed: m.own_closed
};

/** How soon somebody has to act, in one word. */
export function urgencyWord(urgency: Urgency): string {
	return URGENCIES[urgency].label();
}

/** What that means, and by when somebody acts. */
export function urgencyText(urgency: Urgency): string {
	return `${URGENCIES[urgency].means()} ${URGENCIES[urgency].by()}`;
}

/** By when somebody acts. */
export function actedBy(urgency: Urgency): string {
	return URGENCIES[urgency].by();
}

/** Whether the child agrees that others are told. */
export function consentWords(consent: Consent): string {
	return CONSENTS[consent]();
}

/** How what somebody raised stands. */
export function statusWords(status: OwnConcern['status']): string {
	return STATUSES[status]();
}

/** What a colleague is worried about, in a line. */
export function worryWords({ isAboutStaff }: Worry): string {
	return isAboutStaff ? m.worry_about_staff() : m.worry_about_child();
}
