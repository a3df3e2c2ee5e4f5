import { z } from 'zod';
import { MOST_WORDS } from './ballot.ts';
import { BANDS, ITEMS } from './bank.ts';

/** Opening and closing a code need no more than the session, which the address names. */
export const codeForm = z.strictObject({});

/** A child's answer to one item: what was chosen, or typed. An empty one is asked for again. */
export const answerForm = z.strictObject({
	item: z.enum(ITEMS, { error: 'choose' }),
	answer: z.string().max(20, 'choose').optional(),
	words: z.string().trim().max(MOST_WORDS, 'too_long').optional()
});

/** Another language or another form, chosen by picture. */
export const choiceForm = z.strictObject({
	band: z.enum(BANDS, { error: 'choose' }).optional(),
	language: z.string().max(12, 'choose').optional()
});

/** Longest name a child leaves who wants to talk; a first name or nickname is enough. */
export const LONGEST_NICKNAME = 40;

/** A child's wish to talk to someone: under a random id, so that a form sent twice asks once. */
export const askForm = z.strictObject({
	concernId: z.uuidv4({ error: 'choose' }).max(36, 'choose'),
	nickname: z.string().trim().max(LONGEST_NICKNAME, 'too_long').optional()
});
