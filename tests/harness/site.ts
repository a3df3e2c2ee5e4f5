import type { Server } from 'node:http';
import { createSite, listen, type Handler, type Site } from '../../src/server/listen.ts';

export interface ServedSite extends AsyncDisposable {
	origin: string;
	port: number;
	server: Server;
}

/** The thin server on a free port, in this process, around a handler in the app's place. */
export async function serveSite(
	handler: Handler,
	options: Partial<Site> = {}
): Promise<ServedSite> {
	const site: Site = {
		origin: '',
		files: new Set(),
		words: new Set(),
		answerMs: 30_000,
		connectionsPerClient: 50,
		draining: false,
		...options
	};
	const server = createSite(site, handler);
	const port = await listen(server, 0, '0.0.0.0');
	site.origin = `http://localhost:${port}`;
	return {
		origin: site.origin,
		port,
		server,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}
