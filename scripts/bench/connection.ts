import { Agent, request, type IncomingMessage } from 'node:http';

export interface Answered {
	status: number;
	/** What a browser would send along next time. */
	cookie: string;
}

/** One kept connection, with one request at a time. */
export interface Connection {
	/** Asks as a browser does; `from` is the address a proxy names. Fails when the connection breaks. */
	ask(
		method: 'GET' | 'POST',
		path: string,
		given: { from: string; cookie?: string; body?: string }
	): Promise<Answered>;
	end(): void;
}

/** Opened with its first request. The server must trust a proxy. */
export function connect(origin: string): Connection {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const { host, port } = new URL(origin);
	return {
		ask: (method, path, { from, cookie, body }) => {
			const headers = {
				host,
				accept: 'text/html',
				'accept-encoding': 'br, gzip',
				'accept-language': 'en',
				'x-forwarded-for': from,
				...(cookie && { cookie }),
				...(method === 'POST' && {
					origin,
					'content-type': 'application/x-www-form-urlencoded'
				})
			};
			return new Promise((resolve, reject) => {
				request({ agent, method, host: '127.0.0.1', port, path, headers }, (answer) => {
					answer.resume();
					answer.on('error', reject);
					answer.on('end', () =>
						resolve({ status: answer.statusCode ?? 0, cookie: cookieOf(answer) })
					);
				})
					.on('error', reject)
					.end(body);
			});
		},
		end: () => agent.destroy()
	};
}

function cookieOf({ headers }: IncomingMessage): string {
	return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}
