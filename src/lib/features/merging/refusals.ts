import { m } from '#lib/paraglide/messages.js';
import type { Refusals } from '#lib/platform/forms/refusals.ts';
import type { MergeRefusal } from './commands.server.ts';
import type { PairRefusal } from './pairs.commands.server.ts';
import type { TakeApartRefusal } from './parting.commands.server.ts';

export const TAKE_APART_REFUSALS: Refusals<TakeApartRefusal> = {
	not_found: m.merge_gone,
	later_merge: m.merge_later,
	changed_since: m.merge_changed,
	cohort_full: m.merge_full
};

export const MERGE_REFUSALS: Refusals<MergeRefusal> = { not_found: m.pairs_gone };

export const PAIR_REFUSALS: Refusals<PairRefusal> = { not_found: m.pairs_gone };
