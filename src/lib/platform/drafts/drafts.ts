/**
 * What was typed and not saved stays in this browser until it is: sealed under a key of the browser for each account,
 * which no script can read out. Browser only; where a browser keeps nothing, or not safely, nothing is kept, and
 * nothing fails. Callers put ids and codes into it, nobody's name.
 */

const DATABASE = 'halqa-drafts';
const KEYS = 'key';
const DRAFTS = 'draft';
/** What nobody came back to in so long is not waited for. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Whose it is, and what it is of. */
export interface DraftPlace {
	account: string;
	of: string;
}

interface Sealed {
	at: number;
	iv: Uint8Array<ArrayBuffer>;
	sealed: ArrayBuffer;
}

let last: Promise<unknown> = Promise.resolve();

/** Keeps a draft in place of the one before. */
export function keepDraft(place: DraftPlace, draft: unknown): Promise<void> {
	return inTurn(async (db) => {
		const iv = crypto.getRandomValues(new Uint8Array(12));
		const key = await keyOf(db, place.account);
		const text = new TextEncoder().encode(JSON.stringify(draft));
		const sealed = await crypto.subtle.encrypt(sealing(place, iv), key, text);
		await write(db, DRAFTS, (drafts) =>
			drafts.put({ at: Date.now(), iv, sealed } satisfies Sealed, nameOf(place))
		);
	}, undefined);
}

/** The draft kept at a place; undefined where there is none, or none that can be opened. Forgets what is too old. */
export function readDraft(place: DraftPlace): Promise<unknown> {
	return inTurn(async (db) => {
		await forgetOld(db);
		const kept = await read<Sealed>(db, DRAFTS, nameOf(place));
		if (!kept) return undefined;
		const key = await keyOf(db, place.account);
		const text = await crypto.subtle.decrypt(sealing(place, kept.iv), key, kept.sealed);
		return JSON.parse(new TextDecoder().decode(text)) as unknown;
	}, undefined);
}

/** Forgets what is kept at a place. */
export function dropDraft(place: DraftPlace): Promise<void> {
	return inTurn(
		async (db) => write(db, DRAFTS, (drafts) => drafts.delete(nameOf(place))),
		undefined
	);
}

/** Forgets every draft of every account, and the keys. Begins at once, so that it can be called while a page is left. */
export function dropAllDrafts(): void {
	try {
		indexedDB.deleteDatabase(DATABASE);
	} catch {
		// A browser that keeps nothing has nothing to forget.
	}
}

/** One after another, so that what was typed last is kept; `otherwise` where the browser does not play along. */
function inTurn<Done>(work: (db: IDBDatabase) => Promise<Done>, otherwise: Done): Promise<Done> {
	const turn = last.then(async () => {
		if (!globalThis.isSecureContext || !('indexedDB' in globalThis)) return otherwise;
		let db: IDBDatabase | undefined;
		try {
			db = await openStore();
			return await work(db);
		} catch {
			return otherwise;
		} finally {
			db?.close(); // an open one would stand in the way of forgetting all
		}
	});
	last = turn;
	return turn;
}

function openStore(): Promise<IDBDatabase> {
	const opening = indexedDB.open(DATABASE, 1);
	opening.onupgradeneeded = () => {
		opening.result.createObjectStore(KEYS);
		opening.result.createObjectStore(DRAFTS);
	};
	return answerOf(opening);
}

/** The key of an account, made where there is none; of two tabs that make one the first is kept. */
async function keyOf(db: IDBDatabase, account: string): Promise<CryptoKey> {
	const known = await read<CryptoKey>(db, KEYS, account);
	if (known) return known;
	const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
		'encrypt',
		'decrypt'
	]);
	await write(db, KEYS, (keys) => keys.add(made, account)).catch(() => undefined);
	return (await read<CryptoKey>(db, KEYS, account))!;
}

async function forgetOld(db: IDBDatabase): Promise<void> {
	const before = Date.now() - KEPT_MS;
	await write(db, DRAFTS, (drafts) => {
		const walk = drafts.openCursor();
		walk.onsuccess = () => {
			const { result } = walk;
			if (!result) return;
			if ((result.value as Sealed).at < before) result.delete();
			result.continue();
		};
		return walk;
	});
}

function read<Value>(db: IDBDatabase, store: string, name: string): Promise<Value | undefined> {
	return answerOf(db.transaction(store).objectStore(store).get(name));
}

function write(
	db: IDBDatabase,
	store: string,
	change: (store: IDBObjectStore) => IDBRequest
): Promise<void> {
	const transaction = db.transaction(store, 'readwrite');
	change(transaction.objectStore(store));
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
	});
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('refused'));
	});
}

function nameOf({ account, of }: DraftPlace): string {
	return `${account} ${of}`;
}

/** Sealed to its place: at another it does not open. */
function sealing(place: DraftPlace, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
	return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(nameOf(place)) };
}
