import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	type KeyObject
} from 'node:crypto';
import { readFileSync } from 'node:fs';

const PUBLIC = 'halqa-public-';
const PRIVATE = 'halqa-private-';
const KEY_BYTES = 32;
const CHECK_BYTES = 4;
/** DER of an X25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** One half of an X25519 pair, and the text its public half is known by. */
export interface BackupKey {
	key: KeyObject;
	publicText: string;
}

/** A fresh pair as texts: the public half stays on the server, the private one must not. */
export function newBackupKeys(): { publicText: string; privateText: string } {
	const { privateKey } = generateKeyPairSync('x25519');
	const { d = '' } = privateKey.export({ format: 'jwk' });
	return {
		publicText: publicTextOf(privateKey),
		privateText: asText(PRIVATE, Buffer.from(d, 'base64url'))
	};
}

/** Reads a public half; throws when a letter of it is wrong, since nobody could open what it seals. */
export function parsePublicKey(text: string): BackupKey {
	const x = bytesOf(PUBLIC, text).toString('base64url');
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
	return { key, publicText: text };
}

/** Reads the file with a private half, in which lines beginning with # are remarks; throws when it holds none. */
export function readPrivateKey(path: string): BackupKey {
	const lines = readFileSync(path, 'utf8').split('\n');
	const text = lines.map((line) => line.trim()).find((line) => line && !line.startsWith('#'));
	try {
		const der = Buffer.concat([PKCS8_HEAD, bytesOf(PRIVATE, text ?? '')]);
		const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		return { key, publicText: publicTextOf(key) };
	} catch (error) {
		throw new Error(`${path} does not hold the private half of a backup key`, { cause: error });
	}
}

function publicTextOf(key: KeyObject): string {
	const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
	return asText(PUBLIC, Buffer.from(x, 'base64url'));
}

/** Every 32 bytes are a key, so a few bytes of hash tell a mistyped one. */
function asText(kind: string, key: Buffer): string {
	return kind + Buffer.concat([key, checkOf(kind, key)]).toString('base64url');
}

function bytesOf(kind: string, text: string): Buffer {
	const bytes = Buffer.from(text.slice(kind.length), 'base64url');
	const key = bytes.subarray(0, KEY_BYTES);
	if (asText(kind, key) !== text) throw new Error(`not a key that begins with ${kind}`);
	return key;
}

function checkOf(kind: string, key: Buffer): Buffer {
	return createHash('sha256').update(kind).update(key).digest().subarray(0, CHECK_BYTES);
}
