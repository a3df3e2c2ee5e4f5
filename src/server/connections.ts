import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../lib/platform/access/asker.ts';

export interface ConnectionLimits {
	/** Of one network address; `Infinity` where a proxy brings everybody's. */
	perClient: number;
	overall: number;
}

/** Some connections: a set keeps the order, so that the longest idle stands first. */
interface Group {
	idle: Set<Socket>;
	busy: Set<Socket>;
}

interface Held {
	client: string;
	requestsInFlight: number;
	groups: Group[];
}

/**
 * Bounds how many connections one client, and all together, hold open. One more closes the longest idle, which has
 * no request in flight: kept alive after an answer, or slow to send its first. Where none is idle the new one
 * is closed, so that nobody's request is cut for another's.
 */
export function boundConnections(server: Server, { perClient, overall }: ConnectionLimits): void {
	const all = emptyGroup();
	const clients = new Map<string, Group>();
	const held = new Map<Socket, Held>();

	server.on('connection', (socket: Socket) => {
		const client = networkOf(socket.remoteAddress ?? '');
		const own = clients.get(client) ?? emptyGroup();
		if (!makeRoom(own, perClient) || !makeRoom(all, overall)) return void socket.destroy();
		clients.set(client, own);
		held.set(socket, { client, requestsInFlight: 0, groups: [own, all] });
		for (const { idle } of [own, all]) idle.add(socket);
		socket.once('close', () => letGo(socket));
	});
	server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
		countRequest(socket, 1);
		response.once('close', () => countRequest(socket, -1));
	});

	function makeRoom(group: Group, most: number): boolean {
		if (sizeOf(group) < most) return true;
		const [longestIdle] = group.idle;
		if (!longestIdle) return false;
		letGo(longestIdle);
		longestIdle.destroy();
		return true;
	}

	function countRequest(socket: Socket, change: 1 | -1): void {
		const about = held.get(socket);
		if (!about) return; // closed before its answer was
		about.requestsInFlight += change;
		for (const group of about.groups) {
			remove(socket, group);
			group[about.requestsInFlight > 0 ? 'busy' : 'idle'].add(socket);
		}
	}

	function letGo(socket: Socket): void {
		const about = held.get(socket);
		if (!about) return;
		held.delete(socket);
		for (const group of about.groups) remove(socket, group);
		const own = clients.get(about.client);
		if (own && sizeOf(own) === 0) clients.delete(about.client);
	}
}

function emptyGroup(): Group {
	return { idle: new Set(), busy: new Set() };
}

function sizeOf({ idle, busy }: Group): number {
	return idle.size + busy.size;
}

function remove(socket: Socket, { idle, busy }: Group): void {
	idle.delete(socket);
	busy.delete(socket);
}
