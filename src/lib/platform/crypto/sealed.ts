import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './keyring.ts';

declare const sealed: unique symbol;

/** An encrypted value as stored. Not assignable to `string`, so that showing one is a type error. */
export interface Sealed {
	readonly [sealed]: 'Sealed';
}

/** Where a sealed value lives. A value moved to another table, column or row does not open. */
export interface Place {
	table: string;
	column: string;
	row: string;
}

const PURPOSE = 'seal';
/** No text that is typed ends with it: forms drop it. */
const FILLER = 0;

/**
 * Encrypts a text for one place: AES-256-GCM, 12 random bytes of nonce, place as associated data. With
 * `block` the text is filled up to a multiple of so many bytes, so that its length tells nothing.
 */
export function seal(ring: KeyRing, place: Place, text: string, block = 1): Sealed {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', ring.derive(ring.current, PURPOSE), nonce);
	cipher.setAAD(associated(place));
	const bytes = Buffer.from(text, 'utf8');
	const filled = Buffer.alloc(Math.ceil(bytes.length / block) * block, FILLER);
	bytes.copy(filled);
	const body = Buffer.concat([cipher.update(filled), cipher.final()]);
	const packed = Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
	return `1.${ring.current}.${packed}` as unknown as Sealed;
}

/** Decrypts what `seal` made for the same place, without its filling; throws when it was altered, moved or its key is gone. */
export function open(ring: KeyRing, place: Place, value: Sealed): string {
	const [version, keyId, packed] = (value as unknown as string).split('.');
	if (version !== '1' || !keyId || !packed) throw new Error('Not a sealed value');
	const bytes = Buffer.from(packed, 'base64url');
	const decipher = createDecipheriv(
		'aes-256-gcm',
		ring.derive(keyId, PURPOSE),
		bytes.subarray(0, 12),
		{ authTagLength: 16 }
	);
	decipher.setAAD(associated(place));
	decipher.setAuthTag(bytes.subarray(-16));
	const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
	return text.subarray(0, text.findLastIndex((byte) => byte !== FILLER) + 1).toString('utf8');
}

function associated({ table, column, row }: Place): Buffer {
	return Buffer.from(`${table}|${column}|${row}`, 'utf8');
}
