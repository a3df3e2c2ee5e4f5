import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';

type SealedColumn = 'name_sealed' | 'code_sealed' | 'needs_sealed';

/** Seals a person's name for the person's own row. */
export function sealName(ring: KeyRing, personId: string, name: string): Sealed {
	return sealOf(ring, personId, 'name_sealed', name);
}

/** Reads a person's name; only for a page whose reader may see this person by name. */
export function openName(ring: KeyRing, personId: string, name: Sealed): string {
	return openOf(ring, personId, 'name_sealed', name);
}

/** Seals a text of a person for its own row and column. */
export function sealOf(
	ring: KeyRing,
	personId: string,
	column: SealedColumn,
	text: string
): Sealed {
	return seal(ring, { table: 'person', column, row: personId }, text);
}

/** Reads what `sealOf` sealed for the same row and column. */
export function openOf(
	ring: KeyRing,
	personId: string,
	column: SealedColumn,
	value: Sealed
): string {
	return open(ring, { table: 'person', column, row: personId }, value);
}
