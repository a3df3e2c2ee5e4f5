import { m } from '#lib/paraglide/messages.js';
import type { Refusals } from '#lib/platform/forms/refusals.ts';
import type { ExportRefusal } from './commands.server.ts';

export const EXPORT_REFUSALS: Refusals<ExportRefusal> = {
	not_found: () => ({ status: 422, message: m.exports_not_found() })
};
