import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** 19 MiB, two passes: about 60 ms here. The OWASP minimum for argon2id. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** Kept in place of a hash until somebody has chosen a password: nothing opens it. */
export const NO_PASSWORD = '';

/** Hashing is bounded so that a flood of logins can neither fill the memory nor the thread pool. */
const AT_ONCE = 2;
const WAITING_MAX = 20;
let running = 0;
const waiting: (() => void)[] = [];

/** The queue of password checks is full; the caller answers 429 and asks to try again. */
export class TooManyLogins extends Error {}

/** A hash in PHC form, `$argon2id$v=19$m=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const hash = await bounded(() => argon2id(password, salt, COST));
	return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** True when the password made the hash. Takes as long for a wrong one; throws when too many wait. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
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
	const found = await bounded(() => argon2id(password, Buffer.from(salt, 'base64'), cost));
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
async function bounded<T>(work: () => Promise<T>): Promise<T> {
	if (running < AT_ONCE) running += 1;
	else if (waiting.length >= WAITING_MAX) throw new TooManyLogins('Too many logins at once');
	else await new Promise<void>((resume) => waiting.push(resume));
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else running -= 1;
	}
}

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}
