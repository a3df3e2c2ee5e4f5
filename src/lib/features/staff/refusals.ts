import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { AccessRefusal, AccountRefusal, DetailsRefusal } from './access.commands.server.ts';
import type { InvitationRefusal } from './commands.server.ts';
import type { PlaceRefusal } from './roles.commands.server.ts';

const PLACE_REFUSALS: Refusals<PlaceRefusal> = {
	centre_not_found: ({ roles }) => ({
		errors: Object.fromEntries(roles.map((role) => [`centres_${role}`, m.form_choose()]))
	}),
	body_not_found: beside('body', m.form_choose),
	project_not_found: beside('project', m.form_choose)
};

export const INVITATION_REFUSALS: Refusals<InvitationRefusal> = {
	...PLACE_REFUSALS,
	address_taken: beside('email', m.accounts_address_taken)
};

export const ACCOUNT_REFUSALS: Refusals<AccountRefusal> = {
	account_not_found: gone,
	own_account: m.account_own,
	last_admin: m.account_last_admin,
	is_off: m.account_is_off
};

export const DETAILS_REFUSALS: Refusals<DetailsRefusal> = {
	...ACCOUNT_REFUSALS,
	address_taken: beside('email', m.accounts_address_taken)
};

export const ACCESS_REFUSALS: Refusals<AccessRefusal> = { ...ACCOUNT_REFUSALS, ...PLACE_REFUSALS };
