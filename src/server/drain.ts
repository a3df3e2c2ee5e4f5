import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { inBackground, log } from '../lib/platform/log/log.ts';
import type { Site } from './listen.ts';

/** How long requests already begun may take to end. */
const LONGEST_MS = 20_000;
/** npm passes on the Ctrl-C that the terminal has already sent to the server. */
const SAME_KEYSTROKE_MS = 1000;
/** What the log says of a rejected promise that nobody waited for. */
export const STRAY_REJECTION = 'a promise was rejected that nobody waited for';

/**
 * Ends the process gently on SIGTERM or SIGINT: `/readyz` says no for `noticeMs` so that a balancer
 * looks elsewhere, then no new connections, requests already begun are finished, exit 0. A second signal exits at once.
 * A person's Ctrl-C gets no notice period. An uncaught exception leaves the process in a state nobody knows: it is
 * logged by id and ends the same way with exit 1. A rejected promise that nobody waited for is one request's or
 * one job's affair: it is logged by id and counted, and the process goes on.
 */
export function drainOnSignals(server: Server, site: Site, noticeMs: number): void {
	let signalledAt = 0;
	const onSignal = (signal: NodeJS.Signals) => {
		if (!site.draining) {
			signalledAt = performance.now();
			log.info({ signal }, 'draining');
			inBackground('draining', () => drain(server, site, signal === 'SIGINT' ? 0 : noticeMs, 0));
		} else if (signal === 'SIGTERM' || performance.now() - signalledAt > SAME_KEYSTROKE_MS) {
			process.exit(1);
		}
	};
	process.on('SIGTERM', onSignal);
	process.on('SIGINT', onSignal);
	process.on('uncaughtException', (error) => {
		log.fatal({ id: randomUUID(), err: error }, 'uncaught error');
		if (site.draining) process.exit(1);
		inBackground('draining', () => drain(server, site, 0, 1));
	});
	let strayRejections = 0;
	process.on('unhandledRejection', (error) => {
		strayRejections += 1;
		log.error({ id: randomUUID(), err: error, count: strayRejections }, STRAY_REJECTION);
	});
}

async function drain(server: Server, site: Site, noticeMs: number, exitCode: number) {
	site.draining = true;
	await new Promise((resolve) => setTimeout(resolve, noticeMs));
	const cut = setTimeout(() => server.closeAllConnections(), LONGEST_MS);
	const closeIdle = setInterval(() => server.closeIdleConnections(), 100);
	await new Promise<void>((resolve) => server.close(() => resolve()));
	clearInterval(closeIdle);
	clearTimeout(cut);
	process.emit('sveltekit:shutdown' as 'exit', exitCode); // the app closes its database
	log.info('stopped');
	process.exitCode = exitCode;
	setTimeout(() => process.exit(exitCode), 1000).unref(); // if something still holds the process
}
