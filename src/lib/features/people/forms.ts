import { z } from 'zod';
import { line, whole } from '#lib/platform/forms/fields.ts';
import { LANGUAGES, POPULATION_GROUPS } from './types.ts';

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
