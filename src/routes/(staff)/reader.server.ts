import { networkScopeOf } from '#lib/platform/access/actor.ts';
import type { Reader } from '#lib/platform/command/reader.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';

/** Who reads: someone of a section within their scope, or the network. */
export function readerOf(locals: App.Locals): Reader {
	const network = networkScopeOf(actorOf(locals));
	return network ? { db: locals.services.db, network, now: locals.now } : ctxOf(locals);
}
