import { z } from 'zod';
import { month } from '#lib/platform/forms/fields.ts';
import { WANTED } from './types.ts';

/** The month to count, `YYYY-MM`. */
export const monthChoice = z.strictObject({ month: month() });

/** Which table, as what, and of which month's year. */
export const wantedForm = z.strictObject({
	table: z.enum(WANTED, { error: 'choose' }),
	format: z.enum(['xlsx', 'csv'], { error: 'choose' }),
	month: month()
});
