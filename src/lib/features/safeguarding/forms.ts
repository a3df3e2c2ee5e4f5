import { z } from 'zod';
import { id } from '#lib/platform/forms/fields.ts';

/** The concern a focal point takes or closes. */
export const concernChoice = z.strictObject({ concernId: id() });
