import { addDays } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import type { Erased } from '../erasure/types.ts';
import { CAST, RECEIPT, SECTIONS } from './cast.ts';
import { ZONE } from './centres.ts';

/** A child who came three times, with two contact persons: what a receipt looks like. Nobody is left to be named. */
const ERASED: Erased = {
	removed: { entries: 1, contacts: 2, contactOf: 0, cares: 1, lists: 0, undos: 0, others: 14 },
	staying: { marks: 3, memberships: 1, published: 0 }
};

/** The receipt of an erasure of the week before. */
export function erasureRows(today: string): NewRow<'erasure'>[] {
	return [
		{
			...{ id: RECEIPT, section_id: SECTIONS.lebanon, number: 1, reason: 'withdrawn' },
			...{ person_id: null, asked_by: CAST.coordinator.id, confirmed_by: CAST.admin.id },
			asked_at: instantOf(addDays(today, -9), '09:30', ZONE),
			...{ erased_on: addDays(today, -8), dropped_at: null, removed: JSON.stringify(ERASED) }
		}
	];
}
