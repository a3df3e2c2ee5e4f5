import { reachesCentre } from '#lib/platform/access/actor.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';

/** Characters of a pseudonym: 96 bits, so that no two people share one. */
const PSEUDONYM_LENGTH = 16;

/**
 * How a person of a row at a centre stands in a file: by their number in Halqa, and by a pseudonym where the asker
 * may not take numbers away. A pseudonym is the same in every file of this key ring and leads back to nobody without it.
 */
export function personNumbers(ctx: Context): (personId: string, centreId: string) => string {
	const { scope } = within(ctx, 'export person numbers');
	return (personId, centreId) =>
		reachesCentre(scope, centreId) ? personId : pseudonymOf(ctx, personId);
}

function pseudonymOf({ ring, scope }: Context, personId: string): string {
	const value = `${scope.sectionId} ${personId}`;
	return blindIndex(ring, 'export.person', value).slice(0, PSEUDONYM_LENGTH);
}
