import { z } from 'zod';
import { id, line, whole } from '#lib/platform/forms/fields.ts';
import { MARKS } from './rules.ts';

/** A register: one mark a person, the people counted by eye, and the version it was opened at. */
export const registerForm = z.strictObject({
	version: whole(1, 1_000_000),
	headcount: whole(0, 999),
	headcountReason: line(200).optional(),
	/** The session began before its time. */
	early: z.enum(['yes'], { error: 'choose' }).optional(),
	mark: z
		.record(id(), z.enum(MARKS, { error: 'choose' }))
		.refine((marks) => Object.keys(marks).length <= 150, 'too_long')
});
