import { m } from '#lib/paraglide/messages.js';
import { beside, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { ConcernRefusal } from './commands.server.ts';
import type { RaiseRefusal } from './raising.commands.server.ts';

export const CONCERN_REFUSALS: Refusals<ConcernRefusal> = {
	not_found: m.concerns_gone,
	taken: m.concerns_taken_meanwhile,
	no_consent: m.concerns_no_consent,
	too_soon: m.concerns_too_soon
};

export const RAISE_REFUSALS: Refusals<RaiseRefusal> = {
	centre: beside('centre', m.form_choose),
	time: beside('time', m.raise_later_than_now),
	date: beside('date', m.raise_before_today)
};
