import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { beside, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { OrganisationRefusal } from './commands.server.ts';

export const ORGANISATION_REFUSALS: Refusals<OrganisationRefusal> = {
	zone: beside('zone', m.form_choose),
	/** Beside the name in the reader's language. */
	no_name: () => ({ errors: { [`name_${getLocale()}`]: m.organisation_no_name() } })
};
