import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, type Config } from '../lib/platform/config/config.ts';
import { MOST_BYTES } from '../lib/platform/forms/sizes.ts';
import { log } from '../lib/platform/log/log.ts';
import { readyDatabase } from './database.ts';
import { drainOnSignals } from './drain.ts';
import { LIMITS } from './limits.ts';
import { createSite, listen, type Handler, type Site } from './listen.ts';
import { routeWords } from './requests.ts';
import { welcome } from './welcome.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Serves the built app: `npm start`. A bad setting or an unreadable database ends it with one clear line. */
try {
	await start(readConfig(process.env));
} catch (error) {
	console.error(`Halqa cannot start. ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}

async function start(config: Config): Promise<void> {
	log.level = config.logLevel;
	const ready = await readyDatabase(config);
	const site: Site = {
		origin: config.origin,
		files: new Set(filesIn(join(ROOT, 'build/client'))),
		words: routeWords(join(ROOT, 'src/routes')),
		answerMs: LIMITS.answerMs,
		connectionsPerClient: config.trustProxy ? Infinity : LIMITS.connectionsPerClient,
		draining: false
	};
	const { promise: handler, resolve: haveHandler } = Promise.withResolvers<Handler>();
	const server = createSite(site, async (...args) => (await handler)(...args));
	const port = await listen(server, config.port, config.host);
	if (config.port === 0 && !process.env['ORIGIN']) site.origin = `http://localhost:${port}`;
	tellApp(config, site.origin);
	haveHandler(await loadHandler());
	drainOnSignals(server, site, config.drainSeconds * 1000);
	console.log(welcome(site.origin, ready));
}

/** The app reads its settings from the environment of this process. */
function tellApp(config: Config, origin: string): void {
	process.env['ORIGIN'] = origin;
	process.env['BODY_SIZE_LIMIT'] = String(MOST_BYTES);
	for (const name of ['PROTOCOL_HEADER', 'HOST_HEADER', 'PORT_HEADER', 'ADDRESS_HEADER'])
		delete process.env[name];
	if (!config.trustProxy) return;
	process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
	process.env['ADDRESS_HEADER'] = 'x-forwarded-for';
	process.env['XFF_DEPTH'] ??= '1';
}

async function loadHandler(): Promise<Handler> {
	const built = await import(pathToFileURL(join(ROOT, 'build/handler.js')).href);
	return built.handler;
}

/** Addresses of the files below a folder, `/icon.svg`. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
}
