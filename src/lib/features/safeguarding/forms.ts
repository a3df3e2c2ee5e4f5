import { z } from 'zod';
import { id } from '#lib/platform/forms/fields.ts';
import { MOST_GROUPED } from './rules.ts';

/** The concerns a focal point takes or closes: one, or a whole group. */
export const concernsChoice = z.strictObject({
	concernId: z.array(id()).min(1, 'choose').max(MOST_GROUPED, 'choose')
});
