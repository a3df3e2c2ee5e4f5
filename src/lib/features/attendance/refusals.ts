import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { RegisterRefusal } from './commands.server.ts';

export const REGISTER_REFUSALS: Refusals<RegisterRefusal> = {
	not_found: gone,
	cancelled: m.register_cancelled,
	too_early: m.register_too_early,
	not_begun: beside('early', m.register_not_begun),
	members_changed: m.register_members_changed,
	reason_needed: beside('headcountReason', m.register_reason_needed),
	unmarked: ({ personIds }) => ({
		status: 409,
		message: m.register_unmarked(),
		errors: Object.fromEntries(personIds.map((id) => [`mark.${id}`, m.form_choose()]))
	}),
	/** Sending again, having been told, puts these marks in place of the other ones. */
	changed_meanwhile: ({ version }) => ({
		message: m.register_changed_meanwhile(),
		values: { version: String(version) }
	})
};
