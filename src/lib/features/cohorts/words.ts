import { m } from '#lib/paraglide/messages.js';
import type { Audience } from '#lib/platform/db/schema.ts';

const WORDS: Record<Audience, () => string> = {
	children: m.audience_children,
	caregivers: m.audience_caregivers,
	staff: m.audience_staff,
	professionals: m.audience_professionals
};

/** Whom a cohort or curriculum is for, in the reader's language. */
export function audienceWord(audience: Audience): string {
	return WORDS[audience]();
}
