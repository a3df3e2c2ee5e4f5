import type { Reader } from '#lib/features/roadmap/queries.server.ts';
import { networkScopeOf } from '#lib/platform/access/actor.ts';

/** Who reads: someone of a section within their scope, or the network. */
export function readerOf({ actor, ctx, house, now }: App.Locals): Reader {
	const network = networkScopeOf(actor!);
	return network ? { db: house.db, network, now } : ctx!;
}
