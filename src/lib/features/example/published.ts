import { lastFullMonth } from '#lib/features/exports/rules.ts';
import { writeSnapshot } from '#lib/features/publishing/snapshot.commands.server.ts';
import { daysOfMonth } from '#lib/features/publishing/periods.rules.ts';
import { addDays } from '../../platform/clock/days.ts';
import type { Db } from '../../platform/db/open.ts';
import { CAST, SECTIONS } from './cast.ts';
import { exampleId } from './invent.ts';

/** Published within so many days after a month ends. */
const DAYS_AFTER = 4;
/** Months published of what is there, so that a country's five years do not take as long as they sound. */
const MOST_MONTHS = 12;

/**
 * Publishes the full months of the example that have registers, in order, as its manager does, but for the last: that
 * one is left to be looked at. Once counts are kept; on the transaction it is given.
 */
export async function publishExample(db: Db, today: string): Promise<void> {
	const { first } = await db
		.selectFrom('session')
		.select((eb) => eb.fn.min('on_date').as('first'))
		.where('section_id', '=', SECTIONS.lebanon)
		.where('status', '=', 'held')
		.executeTakeFirstOrThrow();
	const last = lastFullMonth(`${lastFullMonth(today)}-01`);
	for (const month of monthsBetween(first.slice(0, 7), last).slice(-MOST_MONTHS)) {
		const due = addDays(daysOfMonth(month).to, DAYS_AFTER);
		await writeSnapshot(db, {
			...{ snapshotId: exampleId(`snapshot ${month}`), sectionId: SECTIONS.lebanon, month },
			layout: 'governorate_sex_age',
			...{ frozenOn: due < today ? due : today, frozenBy: CAST.manager.id }
		});
	}
}

function monthsBetween(first: string, last: string): string[] {
	const months: string[] = [];
	for (
		let month = Temporal.PlainYearMonth.from(first);
		month.toString() <= last;
		month = month.add({ months: 1 })
	)
		months.push(month.toString());
	return months;
}
