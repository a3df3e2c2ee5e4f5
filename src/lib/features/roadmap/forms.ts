import { z } from 'zod';
import { date, id, line, whole } from '#lib/platform/forms/fields.ts';

const version = () => whole(1, 1_000_000_000, 'choose');

export const cycleChoice = z.strictObject({ cycle: id() });

/** What a milestone is closed with. */
export const closeForm = z.strictObject({
	version: version(),
	reached: date(),
	evidence: line(1000),
	confirmed: line(120)
});

export const reopenForm = z.strictObject({ version: version() });
