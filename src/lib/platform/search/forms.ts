import { z } from 'zod';

/**
 * What is looked for, as it was typed. Empty is a question too: what may I open, and which of the addresses
 * opened before on this device?
 */
export const searchForm = z.strictObject({
	words: z.string().trim().max(100, 'too_long').optional(),
	recent: z.array(z.string().max(100)).max(8)
});
