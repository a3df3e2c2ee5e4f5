import { connect } from 'node:net';
import { exchangeOf, type Target } from './requests.ts';

/** What should not have been answered, and what brings it about again. */
export interface Fault {
	seed: number;
	at: number;
	why: string;
	/** The beginning of what was sent. */
	sent: string;
}

export interface Attacked {
	faults: Fault[];
	/** How often each status was answered; `none` where a connection ended without. */
	statuses: Map<string, number>;
}

export interface Attack {
	target: Target;
	seed: number;
	count: number;
	/** The number of the first exchange; a single one is sent again with its own and a count of 1. */
	from?: number;
	/** Connections at once. */
	atOnce?: number;
}

/** What tells more than anybody outside should know. */
const LEAKS: [why: string, pattern: RegExp][] = [
	['a stack trace', /\bat (?:async )?[\w.<>]* ?\(?(?:file:|node:|\/)[^\s<]*:\d+/],
	[
		'words of a database',
		/SQLITE_|SqliteError|syntax error at or near|(?:select|insert into|update) "/i
	],
	[
		'a path of the machine',
		/node_modules|src\/(?:lib|server|routes)\/|build\/server|\/chunks\/[\w.-]+\.js:/
	]
];
const MOST_FAULTS = 20;

/** Sends the exchanges of a seed to a server and gives what it should not have answered. It waits for every answer. */
export async function attack({
	target,
	seed,
	count,
	from = 0,
	atOnce = 8
}: Attack): Promise<Attacked> {
	const attacked: Attacked = { faults: [], statuses: new Map() };
	const port = Number(new URL(target.origin).port);
	let next = from;
	const sendOnes = async () => {
		while (next < from + count && attacked.faults.length < MOST_FAULTS) {
			const at = next++;
			const bytes = exchangeOf(target, seed, at);
			const answer = await send(port, bytes);
			const { statuses, leak } = judged(answer);
			for (const status of statuses.length > 0 ? statuses : ['none'])
				attacked.statuses.set(status, (attacked.statuses.get(status) ?? 0) + 1);
			const failed = statuses.find((status) => status.startsWith('5'));
			const why =
				leak ?? (failed && `answered ${failed}`) ?? (answer === null && 'refused to connect');
			if (why)
				attacked.faults.push({ seed, at, why, sent: bytes.toString('latin1').slice(0, 600) });
		}
	};
	await Promise.all(Array.from({ length: atOnce }, sendOnes));
	return attacked;
}

function judged(answer: string | null): { statuses: string[]; leak: string | undefined } {
	const text = answer ?? '';
	const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => status!);
	return { statuses, leak: LEAKS.find(([, pattern]) => pattern.test(text))?.[0] };
}

/** Everything that comes back until the other side closes; null when nobody is there. */
function send(port: number, bytes: Buffer): Promise<string | null> {
	return new Promise((resolve) => {
		const parts: Buffer[] = [];
		let isConnected = false;
		const socket = connect(port, '127.0.0.1', () => {
			isConnected = true;
			socket.end(bytes); // having said everything it waits for the answer, and the server closes
		});
		socket.on('data', (part: Buffer) => parts.push(part));
		socket.on('error', () => undefined); // a connection may be cut while it still sends
		socket.on('close', () => resolve(isConnected ? Buffer.concat(parts).toString('latin1') : null));
	});
}
