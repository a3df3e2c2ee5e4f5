import { reachesCentre } from '#lib/platform/access/actor.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';
import { compareCodes } from '#lib/platform/i18n/collation.ts';

/** Characters of a pseudonym: 96 bits, so that no two people share one. */
const PSEUDONYM_LENGTH = 16;

/**
 * Rows of a file with what stands in it for their person, and within each group in its order: in the order of the people's
 * own numbers, a file of pseudonyms would lie line by line beside one with names.
 */
export function withPersons<Row extends { person_id: string; centre_id: string }>(
	ctx: Context,
	rows: readonly Row[],
	groupOf: (row: Row) => string = () => ''
): (Row & { person: string })[] {
	const numberOf = personNumbers(ctx);
	const numbered = rows.map((row) => ({ ...row, person: numberOf(row.person_id, row.centre_id) }));
	return [...Map.groupBy(numbered, groupOf).values()].flatMap((group) =>
		group.sort((a, b) => compareCodes(a.person, b.person))
	);
}

/**
 * How a person of a row at a centre stands in a file: by their number in Halqa, and by a pseudonym where the asker
 * may not take numbers away. A pseudonym is the same in every file of this key ring and leads back to nobody without it.
 */
function personNumbers(ctx: Context): (personId: string, centreId: string) => string {
	const { scope } = within(ctx, 'export person numbers');
	return (personId, centreId) =>
		reachesCentre(scope, centreId) ? personId : pseudonymOf(ctx, personId);
}

function pseudonymOf({ ring, scope }: Context, personId: string): string {
	const value = `${scope.sectionId} ${personId}`;
	return blindIndex(ring, 'export.person', value).slice(0, PSEUDONYM_LENGTH);
}
