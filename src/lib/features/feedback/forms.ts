import { z } from 'zod';
import { ownItem } from '#lib/features/asking/items.rules.ts';
import { HANDOVER_CHANNELS } from '#lib/platform/db/vocabularies.ts';
import { id, whole } from '#lib/platform/forms/fields.ts';
import { MOST_WORDS } from './ballot.rules.ts';
import { BANDS, BANK_ITEMS, FORMS, optionsOf, PICKS } from '#lib/features/asking/bank.rules.ts';

/** Opening and closing a code need no more than the session, which the address names. */
export const codeForm = z.strictObject({});

/** Sheets typed off paper, `sheet.2.safe` → `3`, and the code printed on them. */
export const sheetsForm = z.strictObject({
	paper: z.string({ error: 'required' }).trim().max(10, 'too_long'),
	sheet: z
		.record(
			z
				.string()
				.regex(/^\d{1,2}\.[a-z]+(_\d{1,3})?$/, 'choose')
				.max(20, 'choose'),
			z.string().trim().max(MOST_WORDS, 'too_long')
		)
		.refine((cells) => Object.keys(cells).length <= 200, 'too_long')
});

/** How many answered, as somebody says who did not run the session. */
export const vouchForm = z.strictObject({ answered: whole(0, 999) });

/** Names a reader for one centre, or for all. */
export const readerForm = z.strictObject({ account: id(), centre: id().optional() });

export const readerChoice = z.strictObject({ id: id() });

/** One text, cleared or destroyed. */
export const wordsForm = z.strictObject({ wordsId: id() });

/** One text that tells of harm, and the way it was handed over. */
export const wordsHandoverForm = wordsForm.extend({
	channel: z.enum(HANDOVER_CHANNELS, { error: 'choose' })
});

/** What any form offers, and the two ways of not choosing. */
const CHOICES = [
	...FORMS.flatMap((form) => form.items.flatMap((item) => optionsOf(item, form) ?? [])),
	...PICKS,
	'skipped',
	'dont_know'
] as const;

/** A child's answer to one item: what was chosen, or typed. An empty one is asked for again. */
export const answerForm = z.strictObject({
	item: z.union([z.enum(BANK_ITEMS), ownItem], { error: 'choose' }),
	answer: z.enum(CHOICES, { error: 'choose' }).optional(),
	// A browser sends each line break as two characters and counted it as one.
	words: z
		.string()
		.overwrite((text) => text.replaceAll('\r\n', '\n'))
		.trim()
		.max(MOST_WORDS, 'too_long')
		.optional()
});

/** The same, or *Start* from the welcome, which has no item. */
export const stepForm = answerForm.partial({ item: true });

/** Another language or another form, chosen by picture. */
export const choiceForm = z.strictObject({
	band: z.enum(BANDS, { error: 'choose' }).optional(),
	language: z.string().max(12, 'choose').optional()
});

/** Longest name a child leaves who wants to talk; a first name or nickname is enough. */
export const LONGEST_NICKNAME = 24;

/** A child's wish to talk to someone: under a random id, so that a form sent twice asks once. */
export const askForm = z.strictObject({
	concernId: z.uuidv4({ error: 'choose' }).max(36, 'choose'),
	nickname: z
		.string()
		.trim()
		.max(LONGEST_NICKNAME, 'nickname')
		.refine(isNickname, 'nickname')
		.optional()
});

/** A name to call somebody by and no more: no room for what happened, for whom to meet or for a phone number. */
function isNickname(text: string): boolean {
	return (
		text.split(/\s+/).length <= 3 &&
		!/[\p{Cc}@/:]/u.test(text) &&
		(text.match(/\p{Nd}/gu)?.length ?? 0) <= 2
	);
}
