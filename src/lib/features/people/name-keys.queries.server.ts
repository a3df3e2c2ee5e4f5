import { createHmac } from 'node:crypto';
import { blindIndex, type KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import { nameSounds, nameWords, soundBegun, wholeSound } from './names.rules.ts';

/**
 * Fingerprints of a name's sounds, keyed for one section and cut so short that strangers share one
 * (`security.md` 2.3): what is found by them is opened and compared before it is shown.
 */
export interface NameKeys {
	/** First and last word in either order, 24 bits: candidates for one person. Null for a name without letters. */
	whole: string | null;
	/** One per word, 16 bits. */
	words: string[];
	/** One per word's first two sounds, 12 bits: candidates while it is being typed. */
	beginnings: string[];
}

export function nameKeysOf(ring: KeyRing, sectionId: string, name: string): NameKeys {
	const key = indexKey(ring, sectionId);
	const sounds = nameSounds(name);
	return {
		whole: sounds.length > 0 ? cut(key, 'n', wholeSound(name), 6) : null,
		words: unique(sounds.map((sound) => cut(key, 'w', sound, 4))),
		beginnings: unique(sounds.map((sound) => cut(key, 'b', sound.slice(0, 2), 3)))
	};
}

/**
 * Fingerprints to find a name by as it is typed, one list a word: one of each must be among a person's.
 * The last word may have only begun; of one consonant there is no fingerprint.
 */
export function soughtKeysOf(ring: KeyRing, sectionId: string, sought: string): string[][] {
	const words = nameWords(sought).map((word) => nameKeysOf(ring, sectionId, word).words);
	const begun = soundBegun(nameWords(sought).at(-1) ?? '');
	if (begun.length < 2) return words.length > 1 ? words.slice(0, -1) : words;
	const key = indexKey(ring, sectionId);
	return words.map((keys, at) =>
		at < words.length - 1 ? keys : [...keys, cut(key, 'b', begun.slice(0, 2), 3)]
	);
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

function indexKey(ring: KeyRing, sectionId: string) {
	return ring.derive(ring.current, `index person.name ${sectionId}`);
}

function cut(key: Buffer, kind: string, sound: string, digits: number): string {
	return kind + createHmac('sha256', key).update(`${kind} ${sound}`).digest('hex').slice(0, digits);
}

function plainCode(code: string): string {
	return latinDigits(code.normalize('NFKC')).replace(/\s+/gu, '').toLowerCase();
}

function unique(keys: string[]): string[] {
	return [...new Set(keys)];
}
