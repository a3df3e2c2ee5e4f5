import {
	createHmac,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	randomBytes
} from 'node:crypto';
import { z } from 'zod';
import type { KeyRing } from '../crypto/keyring.ts';
import type { BackupKey } from './keys.ts';
import { BackupRefused } from './refused.ts';

const PURPOSE = 'backup';

/** What a backup says, readable to everybody, about who can open it. */
export const lockShape = z.discriminatedUnion('to', [
	z.object({
		to: z.literal('public key'),
		public: z.string().max(100),
		/** The other half of the agreement, made for this one backup: base64url of 32 bytes. */
		ephemeral: z.string().max(50)
	}),
	z.object({
		to: z.literal('key ring'),
		key: z.string().max(100),
		/** Tells another ring whose key has the same name. */
		check: z.string().max(50),
		salt: z.string().max(50)
	})
]);
export type Lock = z.infer<typeof lockShape>;

/** The keys somebody has at hand, each null when it is not there. */
export interface KeysAtHand {
	privateKey: BackupKey | null;
	ring: KeyRing | null;
}

/** A fresh lock to a public key, or to the ring without one, and the secret behind it (32 bytes). */
export function makeLock(to: BackupKey | KeyRing): { lock: Lock; secret: Buffer } {
	return 'publicText' in to ? lockToPublicKey(to) : lockToRing(to);
}

/** The secret behind a lock; refused, naming the key that is needed, when it is not at hand. */
export function openLock(lock: Lock, { privateKey, ring }: KeysAtHand): Buffer {
	return lock.to === 'public key' ? openWithKey(lock, privateKey) : openWithRing(lock, ring);
}

function lockToPublicKey({ key, publicText }: BackupKey) {
	const pair = generateKeyPairSync('x25519');
	const { x = '' } = pair.publicKey.export({ format: 'jwk' });
	const secret = diffieHellman({ privateKey: pair.privateKey, publicKey: key });
	const lock: Lock = { to: 'public key', public: publicText, ephemeral: x };
	return { lock, secret };
}

function openWithKey(lock: Lock & { to: 'public key' }, privateKey: BackupKey | null): Buffer {
	if (!privateKey)
		throw new BackupRefused(
			'wrong key',
			`This backup opens with the private half of ${lock.public}: name its file with --key`
		);
	if (privateKey.publicText !== lock.public)
		throw new BackupRefused(
			'wrong key',
			`This backup opens with the private half of ${lock.public}, the key at hand is that of ${privateKey.publicText}`
		);
	const jwk = { kty: 'OKP', crv: 'X25519', x: lock.ephemeral };
	const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
	return diffieHellman({ privateKey: privateKey.key, publicKey });
}

function lockToRing(ring: KeyRing) {
	const salt = randomBytes(32).toString('base64url');
	const root = ring.derive(ring.current, PURPOSE);
	const lock: Lock = { to: 'key ring', key: ring.current, check: checkOf(root, salt), salt };
	return { lock, secret: secretOf(root, salt) };
}

function openWithRing(lock: Lock & { to: 'key ring' }, ring: KeyRing | null): Buffer {
	const needed = `This backup opens with the key ring of the installation that made it (its key ${lock.key})`;
	if (!ring) throw new BackupRefused('wrong key', `${needed}: name the file with HALQA_KEYS`);
	const root = keyOf(ring, lock.key);
	if (!root || checkOf(root, lock.salt) !== lock.check)
		throw new BackupRefused('wrong key', `${needed}; the one at HALQA_KEYS is another`);
	return secretOf(root, lock.salt);
}

function keyOf(ring: KeyRing, id: string): Buffer | null {
	try {
		return ring.derive(id, PURPOSE);
	} catch {
		return null;
	}
}

function secretOf(root: Buffer, salt: string): Buffer {
	return createHmac('sha256', root).update(`secret ${salt}`).digest();
}

function checkOf(root: Buffer, salt: string): string {
	return createHmac('sha256', root).update(`check ${salt}`).digest('base64url').slice(0, 22);
}
