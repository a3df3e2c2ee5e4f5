import { afterAll, onTestFinished } from 'vitest';
import { keyRing, newKeyRing, type KeyRing } from '#lib/platform/crypto/keyring.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { emptyDatabase, removeTemplate } from './emptyDatabase.ts';

export interface FreshDatabase {
	db: Db;
	ring: KeyRing;
	url: string;
}

const open = new Set<() => Promise<void>>();
afterAll(closeAll);

/**
 * A migrated database without rows and a key ring of its own. Gone after the test it is asked for in;
 * asked for in `beforeAll` or `beforeEach`, after the file.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
	const empty = await emptyDatabase();
	const db = openDatabase(empty.url);
	const close = async () => {
		if (!open.delete(close)) return;
		await db.destroy();
		await empty.remove();
	};
	open.add(close);
	closeWithTest(close);
	return { db, ring: keyRing(newKeyRing()), url: empty.url };
}

function closeWithTest(close: () => Promise<void>): void {
	try {
		onTestFinished(close);
	} catch {
		// outside a test: closed with the file
	}
}

async function closeAll(): Promise<void> {
	await Promise.all([...open].map((close) => close()));
	await removeTemplate();
}
