import { m } from '#lib/paraglide/messages.js';
import { beside, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { CentreRefusal, RoomRefusal } from './centre.commands.server.ts';
import type { ClosedDayRefusal } from './commands.server.ts';

export const CENTRE_REFUSALS: Refusals<CentreRefusal> = {
	not_found: m.error_not_found,
	name_taken: beside('name', m.centre_name_taken),
	region_unknown: beside('region', m.form_region)
};

export const ROOM_REFUSALS: Refusals<RoomRefusal> = {
	not_found: m.room_not_found,
	name_taken: beside('name', m.room_name_taken),
	in_use: m.room_in_use
};

export const CLOSED_DAY_REFUSALS: Refusals<ClosedDayRefusal> = {
	not_found: m.closed_not_found,
	country_only: m.closed_country_only
};

export const PASTE_REFUSALS: Refusals<{ reason: 'problems' }> = {
	/** They are shown in the table itself. */
	problems: () => ({ status: 422 })
};
