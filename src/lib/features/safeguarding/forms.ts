import { z } from 'zod';
import { HANDOVER_CHANNELS } from '#lib/platform/db/vocabularies.ts';
import { id } from '#lib/platform/forms/fields.ts';
import { MOST_GROUPED } from './rules.ts';

/** The concerns a focal point takes or closes: one, or a whole group. */
export const concernsChoice = z.strictObject({
	concernId: z.array(id()).min(1, 'choose').max(MOST_GROUPED, 'choose')
});

/** The same, with the way somebody else was told of them. */
export const handoverForm = concernsChoice.extend({
	channel: z.enum(HANDOVER_CHANNELS, { error: 'choose' })
});
