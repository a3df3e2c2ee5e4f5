import { addDays, weekdayOf, weekdaysFrom } from '#lib/platform/clock/days.ts';
import { dateIn, instantOf } from '#lib/platform/clock/zone.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { readBy } from './reading.rules.ts';

/** Closed days further ahead do not move when words are read. */
const DAYS_AHEAD = 60;

/** Where words were written: a centre, or nowhere of the section's. */
interface Place {
	sectionId: string;
	centreId: string | null;
	zone: string;
}

/** The civil date by which words are read whose code closes at `closedAt`, in UTC milliseconds: a working day later. */
export async function readByDate(db: Db, place: Place, closedAt: number): Promise<string> {
	const closedOn = dateIn(place.zone, closedAt);
	const weekdays = await closedWeekdays(db, place);
	const closed = await db
		.selectFrom('closed_day')
		.select('on_date')
		.where('section_id', '=', place.sectionId)
		.where((eb) => eb.or([eb('centre_id', 'is', null), eb('centre_id', '=', place.centreId ?? '')]))
		.where('certainty', '=', 'confirmed')
		.where('on_date', '>', closedOn)
		.where('on_date', '<=', addDays(closedOn, DAYS_AHEAD))
		.execute();
	const dates = new Set(closed.map(({ on_date }) => on_date));
	return readBy(closedOn, (date) => !weekdays.includes(weekdayOf(date)) && !dates.has(date));
}

/** The instant of that date at which they are late: at the hour their code closed. In UTC milliseconds. */
export async function readByInstant(db: Db, place: Place, closedAt: number): Promise<number> {
	const date = await readByDate(db, place, closedAt);
	const midnight = instantOf(dateIn(place.zone, closedAt), '00:00', place.zone);
	return instantOf(date, '00:00', place.zone) + (closedAt - midnight);
}

async function closedWeekdays(db: Db, { sectionId, centreId }: Place): Promise<number[]> {
	const { closed_weekdays } = await db
		.selectFrom('section')
		.leftJoin('centre', (join) =>
			join.onRef('centre.section_id', '=', 'section.id').on('centre.id', '=', centreId ?? '')
		)
		.select((eb) =>
			eb.fn.coalesce('centre.closed_weekdays', 'section.closed_weekdays').as('closed_weekdays')
		)
		.where('section.id', '=', sectionId)
		.executeTakeFirstOrThrow();
	return weekdaysFrom(closed_weekdays);
}
