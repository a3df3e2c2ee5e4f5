import { createHash, createHmac, timingSafeEqual, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { KeyRing } from '../crypto/keyring.ts';
import { BackupRefused } from './refused.ts';

const partShape = z.object({
	name: z.string(),
	bytes: z.int(),
	/** Hexadecimal. */
	sha256: z.string().length(64)
});
const contentsShape = z.object({
	/** Rows of every table. */
	tables: z.record(z.string(), z.int()),
	parts: z.array(partShape)
});
const manifestShape = contentsShape.extend({
	/** Which key of the ring made `origin`; null when the ring was not at hand. */
	ringKey: z.string().nullable(),
	/** Proof that who held the ring made this backup: a public key lets anybody seal one. */
	origin: z.string().nullable()
});

/** One part of a backup as it was written. */
export type PartRecord = z.infer<typeof partShape>;
/** What a backup holds. */
export type Contents = z.infer<typeof contentsShape>;
/** The last part of a backup: what it holds, and who says so. */
export type Manifest = z.infer<typeof manifestShape>;

const PURPOSE = 'backup origin';

/** The manifest of a backup whose label has this SHA-256. */
export function makeManifest(
	contents: Contents,
	labelHash: Buffer,
	ring: KeyRing | null
): Manifest {
	if (!ring) return { ...contents, ringKey: null, origin: null };
	const ringKey = ring.current;
	return { ...contents, ringKey, origin: originOf(ring, ringKey, contents, labelHash) };
}

/** True when the ring at hand is the one beside which the backup was made; throws when it lacks the key. */
export function isFromRing(manifest: Manifest, labelHash: Buffer, ring: KeyRing): boolean {
	const { ringKey, origin } = manifest;
	if (ringKey === null || origin === null) return false;
	const expected = originOf(ring, ringKey, manifest, labelHash);
	return (
		expected.length === origin.length && timingSafeEqual(Buffer.from(expected), Buffer.from(origin))
	);
}

/** Reads the text of a manifest; refused when it is none. */
export function parseManifest(text: string): Manifest {
	try {
		return manifestShape.parse(JSON.parse(text));
	} catch (error) {
		throw new BackupRefused('damaged', 'The manifest of this backup cannot be read', {
			cause: error
		});
	}
}

/** Passes a part on and counts it; its record is whole once the part is read to its end. */
export class Recorder {
	readonly #name: string;
	readonly #hash: Hash = createHash('sha256');
	#bytes = 0;

	constructor(name: string) {
		this.#name = name;
	}

	async *pass(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		for await (const block of content) {
			this.#hash.update(block);
			this.#bytes += block.length;
			yield block;
		}
	}

	record(): PartRecord {
		return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
	}
}

function originOf(
	ring: KeyRing,
	keyId: string,
	{ tables, parts }: Contents,
	labelHash: Buffer
): string {
	const said = [
		Object.entries(tables),
		parts.map(({ name, bytes, sha256 }) => [name, bytes, sha256])
	];
	return createHmac('sha256', ring.derive(keyId, PURPOSE))
		.update(labelHash)
		.update(JSON.stringify(said))
		.digest('base64url');
}
