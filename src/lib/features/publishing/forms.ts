import { z } from 'zod';
import { id, line, month } from '#lib/platform/forms/fields.ts';
import { LAYOUTS } from './types.ts';

/** What a section's people are reported as. */
export const reportSettingForm = z.strictObject({ activity: line(120), indicator: line(40) });

/** A month, the layout it leaves in, and that this is for good. */
export const publishForm = z.strictObject({
	month: month(),
	layout: z.enum(LAYOUTS, { error: 'choose' }),
	final: z.literal('yes', { error: 'final' })
});

/** A snapshot as a file. */
export const snapshotFile = z.strictObject({
	snapshot: id(),
	format: z.enum(['xlsx', 'csv'], { error: 'choose' }),
	tags: z.enum(['hxl', 'none'], { error: 'choose' })
});
