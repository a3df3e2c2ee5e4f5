import { z } from 'zod';
import { id } from '#lib/platform/forms/fields.ts';

/** Longest name a child may leave; first name or nickname only. */
export const LONGEST_NICKNAME = 40;

export const concernChoice = z.strictObject({ concernId: id() });

/** A child's wish to talk: under a random id, so that a form sent twice asks once. */
export const askForm = z.strictObject({
	concernId: z.uuidv4({ error: 'choose' }),
	nickname: z.string().trim().max(LONGEST_NICKNAME, 'too_long').optional()
});
