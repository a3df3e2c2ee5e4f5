import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { FairLine } from '../access/line.ts';

const derive = promisify(argon2);

/** 19 MiB, two passes: about 60 ms here. The OWASP minimum for argon2id. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** Kept in place of a hash until somebody has chosen a password: nothing opens it. */
export const NO_PASSWORD = '';

/** Nobody's password: checking one against it takes as long as any other, for addresses and invitations nobody uses. */
export const NOBODYS_HASH = phc(randomBytes(16), randomBytes(COST.tagLength));

/** Hashing is bounded so that a flood of logins can neither fill the memory nor the thread pool. */
const AT_ONCE = 2;
/** Two seconds' work: longer than that nobody waits for the answer. */
const WAITING_MOST = 64;
let running = 0;
/** Who is known goes first; among each, lanes take turns. */
const known = new FairLine(WAITING_MOST);
const strangers = new FairLine(WAITING_MOST);

/** Whose place in the queue a check takes: an account that is known here, or a stranger's address. */
export interface Place {
	isKnown: boolean;
	lane: string;
}

/** For who holds a right link, or sets the house up. */
const TRUSTED: Place = { isKnown: true, lane: '' };

/** A hash in PHC form, `$argon2id$v=19$m=…$salt$hash`. Throws `LineFull` when too many wait. */
export async function hashPassword(password: string, place = TRUSTED): Promise<string> {
	const salt = randomBytes(16);
	const hash = await bounded(place, () => argon2id(password, salt, COST));
	return phc(salt, hash);
}

/** True when the password made the hash. Takes as long for a wrong one; throws `LineFull` when too many wait. */
export async function verifyPassword(
	stored: string,
	password: string,
	place = TRUSTED
): Promise<boolean> {
	const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
	if (!parts) return false;
	const [, memory, passes, parallelism, salt, hash] = parts as unknown as [
		string,
		string,
		string,
		string,
		string,
		string
	];
	const expected = Buffer.from(hash, 'base64');
	const cost = {
		memory: +memory,
		passes: +passes,
		parallelism: +parallelism,
		tagLength: expected.length
	};
	const found = await bounded(place, () => argon2id(password, Buffer.from(salt, 'base64'), cost));
	return timingSafeEqual(found, expected);
}

async function argon2id(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
	const parameters: Argon2Parameters = {
		...cost,
		message: password.normalize('NFKC'),
		nonce: salt
	};
	return (await derive('argon2id', parameters)) as Buffer;
}

/** Whoever ends hands the place to the next in line, so that nobody slips in between. */
async function bounded<T>({ isKnown, lane }: Place, work: () => Promise<T>): Promise<T> {
	if (running < AT_ONCE) running += 1;
	else await (isKnown ? known : strangers).wait(lane);
	try {
		return await work();
	} finally {
		if (!known.next() && !strangers.next()) running -= 1;
	}
}

function phc(salt: Buffer, hash: Buffer): string {
	const cost = `m=${COST.memory},t=${COST.passes},p=${COST.parallelism}`;
	return `$argon2id$v=19$${cost}$${base64(salt)}$${base64(hash)}`;
}

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}
