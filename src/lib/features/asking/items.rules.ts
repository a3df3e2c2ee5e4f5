import { z } from 'zod';
import type { OwnItem } from './bank.rules.ts';
import { isOwnItem } from './paper.rules.ts';

/** The name of a question of the section's own, as forms send it. */
export const ownItem = z
	.string({ error: 'choose' })
	.max(7, 'choose')
	.refine(isOwnItem, 'choose')
	.transform((name) => name as OwnItem);
