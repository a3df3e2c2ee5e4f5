import { m } from '#lib/paraglide/messages.js';
import type { Refusals } from '#lib/platform/forms/refusals.ts';
import type { ConcernRefusal } from './commands.server.ts';

export const CONCERN_REFUSALS: Refusals<ConcernRefusal> = {
	not_found: m.concerns_gone,
	taken: m.concerns_taken_meanwhile
};
