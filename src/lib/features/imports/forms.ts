import { z } from 'zod';
import { date, id, time, whole } from '#lib/platform/forms/fields.ts';
import { CALENDARS } from '#lib/platform/sheets/calendars.ts';
import { ENCODINGS } from '#lib/platform/sheets/encodings.ts';
import {
	AGE_DATES,
	DECISIONS,
	IMPORTED_AUDIENCES,
	KINDS,
	MEANINGS,
	USES,
	type Use
} from './types.ts';

/** What a file is to bring; the file itself is read by `readUpload`. */
export const takeForm = z.strictObject({ kind: z.enum(KINDS, { error: 'choose' }) });

const ALL_USES = [...new Set(Object.values(USES).flat())] as [Use, ...Use[]];
const place = z.string().max(3);
const version = whole(1, 1_000_000_000);

function perPlace<Value extends z.ZodType>(value: Value, most: number) {
	return z.record(place, value).refine((all) => Object.keys(all).length <= most, 'too_long');
}

/** How a file is read: sheets, headers, what each column and mark is, and what holds for rows that say nothing. */
export const columnsForm = z.strictObject({
	version,
	/** Indexes of the sheets to read. */
	sheet: z.array(place).max(200, 'choose'),
	/** How many rows at the top name the columns; absent: as found. */
	headerRows: whole(0, 9).optional(),
	/** The row the first of them stands in, from one; absent: as found. */
	headerAt: whole(1, 1000).optional(),
	/** The year of the first date whose header has none. */
	year: whole(2000, 2199, 'year').optional(),
	calendar: z.enum(CALENDARS, { error: 'choose' }).optional(),
	/** Real dates in headers have day and month the wrong way round. */
	swapDates: z.enum(['no', 'yes']).optional(),
	/** The day ages count from. */
	listDate: date().optional(),
	ageDates: z.enum(AGE_DATES, { error: 'choose' }).optional(),
	hiddenRows: z.enum(['in', 'out']).optional(),
	encoding: z.enum(ENCODINGS, { error: 'choose' }).optional(),
	sexWord: perPlace(z.enum(['f', 'm', 'other', '']), 40).optional(),
	dateOrder: z.enum(['dmy', 'mdy', 'ymd'], { error: 'choose' }),
	use: perPlace(z.enum(ALL_USES, { error: 'choose' }), 100),
	mark: perPlace(z.enum([...MEANINGS, '']), 60),
	cohort: perPlace(z.string().trim().max(80, 'too_long'), 200),
	centre: id().optional(),
	sex: z.enum(['f', 'm', 'other'], { error: 'choose' }).optional(),
	birthYear: whole(1900, 2199, 'year').optional(),
	startTime: time().optional(),
	minutes: whole(5, 600).optional()
});

/** What a person saw before they let it run. */
export const runForm = z.strictObject({
	version,
	/** Whom each new group is for, by its place among those the file names. */
	audience: perPlace(z.enum([...IMPORTED_AUDIENCES, '']), 200).optional()
});

/** Who a row that may be someone else is: for one row, or with no position for all that are open. */
export const decideForm = z.strictObject({
	position: whole(0, 1_000_000).optional(),
	decision: z.enum(DECISIONS, { error: 'choose' })
});

/** A button without anything to fill in. */
export const nothingMore = z.strictObject({});
