import { z } from 'zod';
import { date, month } from '#lib/platform/forms/fields.ts';
import { WANTED } from './types.ts';

/** The month to count, `YYYY-MM`. */
export const monthChoice = z.strictObject({ month: month() });

/** The days to count, both included. */
export const rangeChoice = z
	.strictObject({ from: date(), to: date() })
	.refine(({ from, to }) => from <= to, { path: ['to'], error: 'date' });

/** Which table, as what, and of which month's year, or of which days. */
export const wantedForm = z
	.strictObject({
		table: z.enum(WANTED, { error: 'choose' }),
		format: z.enum(['xlsx', 'csv'], { error: 'choose' }),
		month: month(),
		from: date().optional(),
		to: date().optional()
	})
	.refine(
		({ from, to }) => (from === undefined) === (to === undefined) && (from ?? '') <= (to ?? ''),
		{
			path: ['to'],
			error: 'date'
		}
	);
