import { m } from '#lib/paraglide/messages.js';
import type { PasteFault } from '#lib/features/roadmap/paste.rules.ts';

const WORDS: Record<PasteFault, () => string> = {
	required: m.paste_required,
	too_long: m.form_too_long,
	date: m.form_date,
	dates_order: m.form_dates_order,
	milestone_first: m.roadmap_paste_milestone_first,
	milestone_dates: m.roadmap_paste_milestone_dates,
	there: m.roadmap_paste_there,
	header_unknown: m.paste_header_unknown,
	cell_extra: m.paste_cell_extra,
	quote_open: m.paste_quote_open,
	too_many: m.paste_too_many,
	nothing: m.paste_nothing
};

/** What is wrong in a cell of the pasted table. */
export function faultWords(fault: PasteFault): string {
	return WORDS[fault]();
}
