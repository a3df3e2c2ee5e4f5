import { z } from 'zod';
import { ERASURE_REASONS, RETENTION_KINDS } from '#lib/platform/db/vocabularies.ts';
import { id, whole } from '#lib/platform/forms/fields.ts';

export const askForm = z.strictObject({ reason: z.enum(ERASURE_REASONS, { error: 'choose' }) });
export const erasureChoice = z.strictObject({ erasure: id() });

const months = () => whole(1, 240);
/** How long what is kept, and which of it goes by itself. */
export const periodsForm = z.strictObject({
	contacts: months(),
	attendance: months(),
	answers: months(),
	audit: months(),
	on: z
		.array(z.enum(RETENTION_KINDS, { error: 'choose' }))
		.max(4, 'choose')
		.default([])
});
