import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { ClosingRefusal } from './closing.commands.server.ts';
import type { CancelRefusal, MoveRefusal } from './commands.server.ts';
import type { TellRefusal } from './telling.commands.server.ts';

export const MOVE_REFUSALS: Refusals<MoveRefusal> = {
	not_found: gone,
	answered: m.change_answered,
	nothing: beside('date', m.change_nothing),
	where: beside('where', m.change_where_missing),
	clash: m.change_clash,
	doubtful: beside('anyway', m.change_doubtful),
	clash_meanwhile: m.change_clash_meanwhile,
	/** Sending again, having seen what stands now, is meant. */
	changed_meanwhile: ({ version }) => ({
		message: m.change_meanwhile(),
		values: { version: String(version) }
	})
};

export const CANCEL_REFUSALS: Refusals<CancelRefusal> = {
	not_found: gone,
	answered: m.change_answered,
	changed_meanwhile: m.change_meanwhile
};

export const TELL_REFUSALS: Refusals<TellRefusal> = { not_found: gone };

export const CLOSING_REFUSALS: Refusals<ClosingRefusal> = {
	nothing: m.closing_nothing,
	too_many: m.closing_too_many,
	changed_meanwhile: m.closing_meanwhile,
	days: beside('days', m.closing_days_missing),
	where: beside('where', m.change_where_missing),
	clash: m.change_clash,
	doubtful: beside('anyway', m.change_doubtful),
	clash_meanwhile: m.change_clash_meanwhile
};
