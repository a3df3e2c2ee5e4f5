import { m } from '#lib/paraglide/messages.js';
import { beside, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { HelpRefusal } from './commands.server.ts';

export const HELP_REFUSALS: Refusals<HelpRefusal> = {
	not_found: m.directory_gone,
	centre: beside('centre', m.form_choose)
};
