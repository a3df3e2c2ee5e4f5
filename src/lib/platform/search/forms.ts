import { z } from 'zod';

/** What is looked for, as it was typed. Empty is a question too: what may I open? */
export const searchForm = z.strictObject({ words: z.string().trim().max(100, 'too_long') });
