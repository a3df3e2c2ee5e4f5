import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { CareRefusal } from './caring.commands.server.ts';
import type { GuardianRefusal } from './guardian.commands.server.ts';
import type { EditPersonRefusal, NewPersonRefusal } from './person.commands.server.ts';

export const NEW_PERSON_REFUSALS: Refusals<NewPersonRefusal> = {
	/** The people who may be the same one are shown beside the form. */
	may_be_known: () => ({}),
	year_ahead: beside('birthYear', m.form_year),
	code_taken: beside('code', m.people_code_taken),
	not_found: beside('centre', m.form_choose)
};

export const EDIT_PERSON_REFUSALS: Refusals<EditPersonRefusal> = {
	year_ahead: beside('birthYear', m.form_year),
	code_taken: beside('code', m.people_code_taken),
	changed_meanwhile: m.people_changed_meanwhile,
	not_found: gone
};

export const GUARDIAN_REFUSALS: Refusals<GuardianRefusal> = {
	not_found: m.guardian_gone,
	changed_meanwhile: m.people_changed_meanwhile,
	too_many: m.guardian_too_many
};

export const CARE_REFUSALS: Refusals<CareRefusal> = {
	not_found: m.care_gone,
	not_a_child: m.care_not_a_child,
	known: m.care_known
};
