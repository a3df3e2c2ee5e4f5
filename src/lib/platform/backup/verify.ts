import { join } from 'node:path';
import type { KeyRing } from '../crypto/keyring.ts';
import { openAccountName } from '../login/accounts.ts';
import { checkBytes, readLabel } from './container.ts';
import type { CopyFacts } from './copy.ts';
import { copierOf } from './databases.ts';
import { openLock, type KeysAtHand } from './lock.ts';
import { workFolder } from './partial.ts';
import type { Manifest } from './manifest.ts';
import { FILES, readBackup, type Places, type ReadBackup } from './reading.ts';
import { BackupRefused } from './refused.ts';

/**
 * Whether the ring at hand is the one the restored database needs: `right` opens a name in it and made the backup,
 * `other` does not, `missing` is not at hand.
 */
export type RingCheck = 'right' | 'other' | 'missing';

export interface VerifyOrder {
	file: string;
	keys: KeysAtHand;
	/** Where the database is laid out for the check. */
	dataFolder: string;
	signal: AbortSignal;
}

/** A backup that was read and found sound. */
export interface Sound extends ReadBackup {
	ring: RingCheck;
	/** What rows speak of and the backup does not hold: lost before it was made. */
	missingFiles: string[];
}

/**
 * Opens a backup whole, lays out its database for the time of the check and compares both with the manifest.
 * Refused with the reason when anything is amiss.
 */
export async function verifyBackup(order: VerifyOrder): Promise<Sound> {
	const { file, keys, signal } = order;
	await assertKey(file, keys, signal);
	using work = workFolder(order.dataFolder);
	return await readSound(file, keys, { database: join(work.path, 'database') }, signal);
}

/** Without the key it can still be said whether the bytes are what was written. */
async function assertKey(file: string, keys: KeysAtHand, signal: AbortSignal): Promise<void> {
	const { lock } = await readLabel(file);
	try {
		openLock(lock, keys);
	} catch (error) {
		await checkBytes(file, signal);
		const message = `${(error as Error).message}. Its bytes are whole, but it was not opened`;
		throw new BackupRefused('wrong key', message, { cause: error });
	}
}

/** Reads a backup into its places and checks the database in it; refused when it is not sound. */
export async function readSound(
	file: string,
	keys: KeysAtHand,
	places: Places & { database: string },
	signal: AbortSignal
): Promise<Sound> {
	const read = await readBackup(file, (lock) => openLock(lock, keys), places, signal);
	const { database, postgres, schema } = read.label;
	const facts = await copierOf(database)
		.inspect(places.database, postgres, signal)
		.catch((error: Error) => {
			signal.throwIfAborted();
			const message = `The database in the backup is not sound: ${error.message}`;
			throw new BackupRefused('damaged', message, { cause: error });
		});
	if (
		JSON.stringify([facts.tables, facts.schema]) !== JSON.stringify([read.manifest.tables, schema])
	)
		throw new BackupRefused(
			'damaged',
			'The database in the backup has other rows than its manifest says'
		);
	return {
		...read,
		ring: checkRing(keys.ring, read, facts),
		missingFiles: missingIn(read.manifest, facts)
	};
}

/** Files that rows of the database speak of and that are no part of the backup. */
export function missingIn({ parts }: Manifest, { files }: CopyFacts): string[] {
	const there = new Set(parts.map(({ name }) => name));
	return [...new Set(files)].filter((place) => !there.has(FILES + place));
}

function checkRing(ring: KeyRing | null, read: ReadBackup, { account }: CopyFacts): RingCheck {
	if (!ring) return 'missing';
	try {
		if (account) openAccountName(ring, account);
		return read.manifest.origin === null || read.isFrom(ring) ? 'right' : 'other';
	} catch {
		return 'other';
	}
}
