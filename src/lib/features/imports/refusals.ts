import { m } from '#lib/paraglide/messages.js';
import type { Refusals } from '#lib/platform/forms/refusals.ts';
import type { ChooseRefusal } from './commands.server.ts';
import type { ProgressRefusal } from './progress.server.ts';
import { faultWord } from './words.ts';

export const PROGRESS_REFUSALS: Refusals<ProgressRefusal> = {
	not_found: m.error_not_found,
	wrong_stage: m.import_changed,
	changed_meanwhile: m.import_changed,
	nothing_to_undo: m.import_nothing_to_undo,
	audience_missing: m.import_audience_lead
};

export const DROP_REFUSALS: Refusals<{ reason: 'not_found' | 'changed' }> = {
	not_found: m.error_not_found,
	changed: m.import_changed
};

/** What is missing beside its field; what is missing of the whole, above. */
export const CHOOSE_REFUSALS: Refusals<ChooseRefusal> = {
	...DROP_REFUSALS,
	faults: ({ faults }) => {
		const whole = faults.find(({ field }) => field === '');
		return {
			errors: Object.fromEntries(faults.map(({ field, code }) => [field, faultWord(code)])),
			...(whole && { message: faultWord(whole.code) })
		};
	}
};
