import { z } from 'zod';
import { date, id, line, whole } from '#lib/platform/forms/fields.ts';

/** A day without sessions, for the country or (with `centre`) for one centre. */
export const closedDayForm = z.strictObject({
	date: date(),
	name: line(80),
	centre: id().optional(),
	certainty: z.enum(['confirmed', 'expected'], { error: 'choose' })
});

export const closedDayChoice = z.strictObject({ id: id() });

/** A year whose public holidays are wanted. */
export const holidayYear = z.strictObject({ year: whole(2000, 2199, 'year') });
