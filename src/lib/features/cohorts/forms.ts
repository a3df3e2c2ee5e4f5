import { z } from 'zod';
import { line, whole } from '#lib/platform/forms/fields.ts';

/** The least that is needed to count someone once (`domain.md` 6.7): a first name is enough. */
export const enrolForm = z.strictObject({
	name: line(80),
	birthYear: whole(1920, 2100, 'year'),
	sex: z.enum(['f', 'm', 'other'], { error: 'choose' })
});
