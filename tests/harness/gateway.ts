import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Delivery {
	headers: IncomingMessage['headers'];
	body: string;
}

/** A gateway in this process; answers its address and what it was given. Gone after the test. */
export async function startGateway(
	answer: (response: ServerResponse) => void | Promise<void> = (response) => void response.end()
) {
	const got: Delivery[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (part: string) => (body += part));
		request.on('end', () => {
			got.push({ headers: request.headers, body });
			void answer(response);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got };
}
