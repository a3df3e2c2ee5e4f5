import { m } from '#lib/paraglide/messages.js';
import { gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { CloseRefusal, FreshRefusal, OpenRefusal } from './commands.server.ts';
import type { EnterRefusal, OpenPaperRefusal, PaperRefusal } from './paper.commands.server.ts';
import type { ReaderRefusal } from './readers.commands.server.ts';
import type { ReadRefusal } from './reading.commands.server.ts';
import type { VouchRefusal } from './vouching.commands.server.ts';

/** A code a colleague has opened is open as wished. */
export const OPEN_REFUSALS: Refusals<Exclude<OpenRefusal, { reason: 'already_open' }>> = {
	not_found: gone,
	too_early: m.feedback_not_yet,
	over: m.feedback_over,
	cancelled: m.feedback_cancelled,
	no_form: m.feedback_no_form,
	closed: m.feedback_already_closed
};

export const FRESH_REFUSALS: Refusals<FreshRefusal> = {
	not_found: gone,
	no_fresh: m.feedback_no_fresh,
	opened_first: m.feedback_fresh_another
};

export const CLOSE_REFUSALS: Refusals<CloseRefusal> = {
	not_found: gone,
	not_open: m.feedback_not_open,
	not_yours: m.feedback_close_not_yours
};

export const READER_REFUSALS: Refusals<ReaderRefusal> = {
	not_found: m.readers_not_found,
	named_already: m.readers_named_already
};

export const READ_REFUSALS: Refusals<ReadRefusal> = {
	not_found: gone,
	decided: m.reading_decided
};

export const OPEN_PAPER_REFUSALS: Refusals<OpenPaperRefusal> = {
	not_found: gone,
	ran: m.paper_ran,
	not_now: m.paper_not_now,
	open_before: m.paper_open_before
};

export const PAPER_REFUSALS: Refusals<PaperRefusal> = {
	not_found: gone,
	ran: m.paper_ran,
	not_open: m.paper_not_open
};

export const ENTER_REFUSALS: Refusals<EnterRefusal> = {
	...PAPER_REFUSALS,
	other_version: m.paper_other_version,
	nothing_typed: m.paper_nothing_typed,
	unreadable: ({ cells }) => ({
		errors: Object.fromEntries(cells.map((cell) => [`sheet.${cell}`, m.paper_no_such_option()]))
	}),
	too_many: m.paper_too_many
};

export const VOUCH_REFUSALS: Refusals<VouchRefusal> = {
	not_found: gone,
	ran_it: m.vouch_ran_it,
	alone: m.voices_alone,
	not_open: m.vouch_not_open,
	said_before: m.vouch_said_before
};
