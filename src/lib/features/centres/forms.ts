import { z } from 'zod';
import { date, id, line, time, whole } from '#lib/platform/forms/fields.ts';

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

const weekday = z.enum(['1', '2', '3', '4', '5', '6', '7'], { error: 'choose' });

/** A centre: its name in the reader's language, where it stands, and when it is open. */
export const centreForm = z
	.strictObject({
		name: line(80),
		region: z
			.string({ error: 'choose' })
			.trim()
			.toUpperCase()
			.max(12, 'region')
			.regex(/^[A-Z]{2}[0-9A-Z]{1,10}$/, 'region'),
		zone: line(60).refine(isZone, 'zone'),
		opensAt: time(),
		closesAt: time(),
		closedWeekdays: z.array(weekday).max(6, 'open_never')
	})
	.refine(({ opensAt, closesAt }) => opensAt < closesAt, {
		path: ['closesAt'],
		error: 'closes_first'
	});

export const roomForm = z.strictObject({ name: line(80), capacity: whole(1, 999, 'capacity') });

export const roomEditForm = z.strictObject({ room: id(), ...roomForm.shape });

export const roomChoice = z.strictObject({ room: id() });

/** A table pasted from a spreadsheet; what is wrong in its cells is said by `paste.rules.ts`. */
export const pasteForm = z.strictObject({
	table: z.string({ error: 'required' }).max(20_000, 'too_long')
});

function isZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
