import { z } from 'zod';
import { line } from '#lib/platform/forms/fields.ts';
import { WANTED } from './types.ts';

const month = z
	.string({ error: 'choose' })
	.max(7, 'choose')
	.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'choose');

/** The month to count, `YYYY-MM`. */
export const monthChoice = z.strictObject({ month });

/** Which table, as what, and of which month's year. */
export const wantedForm = z.strictObject({
	table: z.enum(WANTED, { error: 'choose' }),
	format: z.enum(['xlsx', 'csv'], { error: 'choose' }),
	month
});

/** What a section's people are reported as. */
export const reportSettingForm = z.strictObject({ activity: line(120), indicator: line(40) });
