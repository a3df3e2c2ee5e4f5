import { z } from 'zod';
import { id } from '#lib/platform/forms/fields.ts';

/** Two people to be told apart, or one of them to be kept. */
export const pairForm = z.strictObject({ first: id(), second: id() });
export const mergeForm = z
	.strictObject({ first: id(), second: id(), keep: id() })
	.refine(({ first, second, keep }) => first !== second && (keep === first || keep === second), {
		path: ['keep'],
		error: 'choose'
	});
export const mergeChoice = z.strictObject({ merge: id() });
