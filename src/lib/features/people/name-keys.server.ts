import { createHmac } from 'node:crypto';
import { blindIndex, type KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { latinDigits } from '#lib/platform/forms/fields.ts';
import { nameSounds, wholeSound } from './names.ts';

/**
 * Fingerprints of a name's sounds, keyed for one section and cut so short that strangers share one
 * (`security.md` 2.3): what is found by them is opened and compared before it is shown.
 */
export interface NameKeys {
	/** First and last word, 24 bits: candidates for one person. Null for a name without letters. */
	whole: string | null;
	/** One per word, 16 bits. */
	words: string[];
	/** One per word's first two sounds, 12 bits: candidates while it is being typed. */
	beginnings: string[];
}

export function nameKeysOf(ring: KeyRing, sectionId: string, name: string): NameKeys {
	const key = ring.derive(ring.current, `index person.name ${sectionId}`);
	const cut = (kind: string, sound: string, digits: number) =>
		kind + createHmac('sha256', key).update(`${kind} ${sound}`).digest('hex').slice(0, digits);
	const sounds = nameSounds(name);
	return {
		whole: sounds.length > 0 ? cut('n', wholeSound(sounds), 6) : null,
		words: unique(sounds.map((sound) => cut('w', sound, 4))),
		beginnings: unique(sounds.map((sound) => cut('b', sound.slice(0, 2), 3)))
	};
}

/** The rows that let a person be found by name. */
export function nameKeyRows(
	sectionId: string,
	personId: string,
	{ words, beginnings }: NameKeys
): NewRow<'person_name_key'>[] {
	return [...words, ...beginnings].map((key, position) => ({
		person_id: personId,
		section_id: sectionId,
		position,
		key
	}));
}

/** The fingerprint of an organisation's own number for a person: case, spaces and digits' script do not matter. */
export function codeIndexOf(ring: KeyRing, sectionId: string, code: string): string {
	return blindIndex(ring, `person.code ${sectionId}`, plainCode(code)).slice(0, 22);
}

function plainCode(code: string): string {
	return latinDigits(code.normalize('NFKC')).replace(/\s+/gu, '').toLowerCase();
}

function unique(keys: string[]): string[] {
	return [...new Set(keys)];
}
