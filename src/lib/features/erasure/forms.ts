import { z } from 'zod';
import { ERASURE_REASONS } from '#lib/platform/db/vocabularies.ts';
import { id } from '#lib/platform/forms/fields.ts';

export const askForm = z.strictObject({ reason: z.enum(ERASURE_REASONS, { error: 'choose' }) });
export const erasureChoice = z.strictObject({ erasure: id() });
