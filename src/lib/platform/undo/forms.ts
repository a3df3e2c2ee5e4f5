import { z } from 'zod';
import { id } from '../forms/fields.ts';

/** What to take back, and the address of the page that offered it. */
export const undoForm = z.strictObject({ undo: id(), back: z.string().max(500, 'too_long') });
