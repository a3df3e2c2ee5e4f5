import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveSite, type ServedSite } from '#tests/harness/site.ts';
import { boundConnections } from '../../src/server/connections.ts';

/** A site whose answers to `/slow` wait for `finish`. Loopback addresses are so many clients. */
let site: ServedSite;
let finish: () => void;
const sockets: Socket[] = [];

async function serve(connectionsPerClient: number): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	finish = resolve;
	site = await serveSite(
		async (request, response) => {
			if (request.url === '/slow') await promise;
			response.end('answered');
		},
		{ connectionsPerClient }
	);
}
beforeEach(() => serve(50));
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await site[Symbol.asyncDispose]();
});

/** Resolves once the server has the connection. */
async function open(localAddress: string): Promise<Socket> {
	const taken = once(site.server, 'connection');
	const socket = connect({ port: site.port, host: '127.0.0.1', localAddress });
	socket.on('error', () => undefined);
	sockets.push(socket);
	await Promise.all([once(socket, 'connect'), taken]);
	return socket;
}

async function openMany(count: number, localAddress: string): Promise<Socket[]> {
	const opened = [];
	for (let n = 0; n < count; n++) opened.push(await open(localAddress));
	return opened;
}

/** Sends a request and resolves once the server has it. */
async function ask(socket: Socket, path: string): Promise<void> {
	const begun = once(site.server, 'request');
	socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${site.port}\r\n\r\n`);
	await begun;
}

async function answerTo(socket: Socket): Promise<string> {
	const [bytes] = (await once(socket, 'data')) as [Buffer];
	return bytes.toString();
}

/** Those of them the server has closed. */
async function closed(sockets: Socket[], count: number): Promise<number[]> {
	const gone = () => sockets.flatMap((socket, at) => (socket.closed ? [at] : []));
	for (const socket of sockets) socket.resume();
	await expect.poll(() => gone().length).toBe(count);
	return gone();
}

describe('the connections of one client', () => {
	it('are fifty at most: one more closes the longest idle, and another client keeps its own', async () => {
		const neighbour = await open('127.0.0.2');
		const own = await openMany(50, '127.0.0.1');
		await ask(own[0]!, '/quick');
		await answerTo(own[0]!);
		const more = await openMany(2, '127.0.0.1');
		expect(await closed(own, 2)).toEqual([1, 2]);
		await ask(neighbour, '/quick');
		expect(await answerTo(neighbour)).toContain('answered');
		await ask(more[1]!, '/quick');
		expect(await answerTo(more[1]!)).toContain('answered');
	});

	it('are not cut for each other while a request is in flight', async () => {
		const own = await openMany(50, '127.0.0.1');
		for (const socket of own) await ask(socket, '/slow');
		const [refused] = await openMany(1, '127.0.0.1');
		expect(await closed([refused!], 1)).toEqual([0]);
		const answers = own.map(answerTo);
		finish();
		for (const answer of await Promise.all(answers)) expect(answer).toContain('answered');
	});

	it('include those that have sent half a request', async () => {
		const own = await openMany(50, '127.0.0.1');
		for (const socket of own) socket.write('GET / HTTP/1.1\r\nHos');
		const late = await open('127.0.0.1');
		await ask(late, '/quick');
		expect(await answerTo(late)).toContain('answered');
		expect(await closed(own, 1)).toEqual([0]);
	});

	it('are not counted where a proxy brings those of everybody', async () => {
		await site[Symbol.asyncDispose]();
		await serve(Infinity);
		const own = await openMany(60, '127.0.0.1');
		for (const socket of [own[0]!, own[59]!]) {
			await ask(socket, '/quick');
			expect(await answerTo(socket)).toContain('answered');
		}
	});
});

describe('the connections of all', () => {
	it('leave room for others however many one address opens', async () => {
		await openMany(560, '127.0.0.1');
		for (const socket of await openMany(56, '127.0.0.2')) socket.resume();
		const late = await open('127.0.0.3');
		await ask(late, '/quick');
		expect(await answerTo(late)).toContain('answered');
		const held = await new Promise((resolve) =>
			site.server.getConnections((_, count) => resolve(count))
		);
		expect(held).toBeLessThanOrEqual(101);
	});

	it('are bounded too: the longest idle of whomever goes first', async () => {
		boundConnections(site.server, { perClient: Infinity, overall: 3 });
		const first = await open('127.0.0.1');
		await ask(first, '/slow');
		const others = [await open('127.0.0.2'), await open('127.0.0.3'), await open('127.0.0.4')];
		expect(await closed(others, 1)).toEqual([0]);
		const answer = answerTo(first);
		finish();
		expect(await answer).toContain('answered');
	});
});
