import { z } from 'zod';
import { id, line, whole } from '#lib/platform/forms/fields.ts';
import { KINDS, LANGUAGES, POPULATION_GROUPS } from './types.ts';

/** What may be known of a person, and no more (`domain.md` 6.7). Import reads its cells by the same fields. */
export const personFields = {
	name: line(80),
	birthYear: whole(1920, 2100, 'year'),
	birthMonth: whole(1, 12).optional(),
	sex: z.enum(['f', 'm', 'other'], { error: 'choose' }),
	populationGroup: z.enum(POPULATION_GROUPS, { error: 'choose' }).optional(),
	language: z.enum(LANGUAGES, { error: 'choose' }).optional(),
	needs: line(200).optional(),
	code: line(40).optional()
};

/** Which people a page lists; carried by the address, so never a name. */
export const amongForm = z.strictObject({
	centre: id().optional(),
	kind: z.enum(KINDS, { error: 'choose' }).optional(),
	page: whole(1, 10_000).optional()
});

/** Who is looked for, by name or own number; posted, so that no name is in an address. */
export const findForm = z.strictObject({
	words: line(100),
	centre: id().optional(),
	kind: z.enum(KINDS, { error: 'choose' }).optional()
});
