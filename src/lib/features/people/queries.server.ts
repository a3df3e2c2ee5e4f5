import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';

/** Seals a person's name for the person's own row. */
export function sealName(ring: KeyRing, personId: string, name: string): Sealed {
	return seal(ring, placeOf(personId), name);
}

/** Reads a person's name; only for a page whose reader may see this person by name. */
export function openName(ring: KeyRing, personId: string, name: Sealed): string {
	return open(ring, placeOf(personId), name);
}

function placeOf(personId: string) {
	return { table: 'person', column: 'name_sealed', row: personId };
}
