import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Root keys by id, and which one seals new values. Lives in a file outside the database. */
export interface KeyRing {
	readonly current: string;
	/** 32 bytes derived from a root key for one purpose; throws when the ring lacks the key id. */
	derive(keyId: string, purpose: string): Buffer;
}

/** Builds a ring from `{current, keys: {id: base64}}`; throws when a key is not 32 bytes. */
export function keyRing(file: { current: string; keys: Record<string, string> }): KeyRing {
	const roots = new Map(
		Object.entries(file.keys).map(([id, text]) => [id, Buffer.from(text, 'base64')])
	);
	for (const [id, root] of roots)
		if (root.length !== 32) throw new Error(`Key ${id} in the key ring is not 32 bytes long`);
	if (!roots.has(file.current)) throw new Error('The key ring does not hold its current key');
	const derived = new Map<string, Buffer>();
	return {
		current: file.current,
		derive(keyId, purpose) {
			const root = roots.get(keyId);
			if (!root) throw new Error(`The key ring does not hold key ${keyId}`);
			const name = `${keyId} ${purpose}`;
			let key = derived.get(name);
			if (!key) {
				key = Buffer.from(hkdfSync('sha256', root, '', purpose, 32));
				derived.set(name, key);
			}
			return key;
		}
	};
}

/** A ring with one fresh random key. */
export function newKeyRing(): { current: string; keys: Record<string, string> } {
	return { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
}

/**
 * Reads the key ring, or makes it with mode 0600 when `mayCreate`. Of two processes that make it at once both
 * get the first one's. Throws when the file is missing and may not be made (the database would be unreadable), or is damaged.
 */
export function loadKeyRing(path: string, mayCreate: boolean): KeyRing {
	if (!existsSync(path)) {
		if (!mayCreate)
			throw new Error(
				`The key ring ${path} is missing; without it the names in the database cannot be read`
			);
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		createWhole(path, JSON.stringify(newKeyRing()));
	}
	try {
		return keyRing(JSON.parse(readFileSync(path, 'utf8')));
	} catch (error) {
		throw new Error(`The key ring ${path} is damaged, restore the copy you keep of it`, {
			cause: error
		});
	}
}

/** Makes a file that is there whole or not at all, unless there is one. */
function createWhole(path: string, text: string): void {
	const unfinished = `${path}.${randomUUID()}`;
	writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx', flush: true });
	try {
		linkSync(unfinished, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		rmSync(unfinished);
	}
}

/** A keyed fingerprint for looking a value up (an e-mail address) without storing it readable. */
export function blindIndex(ring: KeyRing, purpose: string, value: string): string {
	const key = ring.derive(ring.current, `index ${purpose}`);
	return createHmac('sha256', key).update(value.normalize('NFKC')).digest('base64url');
}
