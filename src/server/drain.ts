import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { describeError, log } from '../lib/platform/log/log.ts';
import type { Site } from './listen.ts';

/** How long requests already begun may take to end. */
const LONGEST_MS = 20_000;
/** npm passes on the Ctrl-C that the terminal has already sent to the server. */
const SAME_KEYSTROKE_MS = 1000;

/**
 * Ends the process gently on SIGTERM or SIGINT: `/readyz` says no for `noticeMs` so that a balancer
 * looks elsewhere, then no new connections, requests already begun are finished, exit 0. A second signal exits at once.
 * A person's Ctrl-C gets no notice period. An uncaught error is logged by id and ends the same way with exit 1.
 */
export function drainOnSignals(server: Server, site: Site, noticeMs: number): void {
	let signalledAt = 0;
	const onSignal = (signal: NodeJS.Signals) => {
		if (!site.draining) {
			signalledAt = performance.now();
			log.info({ signal }, 'draining');
			void drain(server, site, signal === 'SIGINT' ? 0 : noticeMs, 0);
		} else if (signal === 'SIGTERM' || performance.now() - signalledAt > SAME_KEYSTROKE_MS) {
			process.exit(1);
		}
	};
	process.on('SIGTERM', onSignal);
	process.on('SIGINT', onSignal);
	const onUncaught = (error: unknown) => {
		log.fatal({ id: randomUUID(), ...describeError(error) }, 'uncaught error');
		if (site.draining) process.exit(1);
		void drain(server, site, 0, 1);
	};
	process.on('uncaughtException', onUncaught);
	process.on('unhandledRejection', onUncaught);
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
