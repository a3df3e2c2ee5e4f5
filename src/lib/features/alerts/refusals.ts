import { m } from '#lib/paraglide/messages.js';
import { beside, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { ResponderRefusal } from './responders.commands.server.ts';
import type { ConfirmRefusal, TestRefusal } from './test-alerts.commands.server.ts';

export const RESPONDER_REFUSALS: Refusals<ResponderRefusal> = {
	not_found: m.alerts_gone,
	named_already: m.alerts_named_already,
	address_wrong: beside('address', m.alerts_address_wrong),
	no_gateway: beside('address', m.alerts_no_gateway)
};

export const TEST_REFUSALS: Refusals<TestRefusal> = {
	no_way: m.alerts_no_way,
	too_soon: m.alerts_too_soon
};

export const CONFIRM_REFUSALS: Refusals<ConfirmRefusal> = { not_found: m.alerts_confirm_gone };
