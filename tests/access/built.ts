import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CHUNKS = join(import.meta.dirname, '../../build/server/chunks');

/** What the built app says of one route. */
export interface BuiltRoute {
	id: string;
	/** Names of its form actions; `default` for the unnamed one. */
	actions: string[];
	methods: string[];
	/** Its layouts and page, outermost first: as many data nodes as its `__data.json` has. */
	nodeCount: number;
}

interface Manifest {
	_: {
		nodes: (() => Promise<{ server?: { actions?: Record<string, unknown> } }>)[];
		routes: {
			id: string;
			page: { layouts: (number | undefined)[]; leaf: number } | null;
			endpoint: (() => Promise<Record<string, unknown>>) | null;
		}[];
	};
}

/** Every route of the build, read from its own manifest. */
export async function builtRoutes(): Promise<BuiltRoute[]> {
	const file = readdirSync(CHUNKS).find((name) => /^manifest.*\.js$/.test(name));
	if (!file) throw new Error('No manifest in build/server: build the app first');
	const chunk = await import(/* @vite-ignore */ pathToFileURL(join(CHUNKS, file)).href);
	const [manifest] = Object.values(chunk) as Manifest[]; // exported under a name of the bundler's
	const { nodes, routes } = manifest!._;
	return Promise.all(
		routes.map(async ({ id, page, endpoint }) => ({
			id,
			actions: page ? Object.keys((await nodes[page.leaf]!()).server?.actions ?? {}) : [],
			methods: endpoint
				? Object.keys(await endpoint()).filter((name) => /^[A-Z]+$/.test(name))
				: [],
			nodeCount: page ? page.layouts.length + 1 : 0
		}))
	);
}
