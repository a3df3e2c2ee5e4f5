import { m } from '#lib/paraglide/messages.js';
import { gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { AskRefusal, ConfirmRefusal, DropRefusal } from './commands.server.ts';

export const ASK_REFUSALS: Refusals<AskRefusal> = {
	not_found: gone,
	waits_already: m.erase_waits_already
};

export const CONFIRM_REFUSALS: Refusals<ConfirmRefusal> = {
	not_found: m.erase_decided,
	needs_other: m.erase_needs_other,
	too_early: m.erase_too_early,
	list_moving: m.erase_list_moving
};

export const DROP_REFUSALS: Refusals<DropRefusal> = { not_found: m.erase_decided };
