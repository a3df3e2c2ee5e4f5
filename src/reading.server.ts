import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { AnswerOf, ArgsOf, ReadName } from '#lib/platform/reader/reads.ts';
import type { Reader } from '#lib/platform/reader/reader.server.ts';
import { ownTurn } from '#lib/platform/reader/turn.ts';
import { TooBusy } from '#lib/platform/reader/queue.ts';
import type { READS } from './reads.server.ts';

type All = typeof READS;

/** What `locals.read` is: the figures of that name, of the rows the asker may see, in the language of the page. */
export type Read = <Name extends ReadName<All>>(
	name: Name,
	args: ArgsOf<All[Name]>
) => Promise<AnswerOf<All[Name]>>;

/** Heavy reads for one request. When too much is being asked for, the page says so, with status 503. */
export function readsFor(reader: Reader<All>, event: RequestEvent): Read {
	return async (name, args) => {
		const { actor, locale, now } = event.locals;
		if (!actor) throw new Error('Nobody is logged in');
		const isGone = () => event.platform?.req.socket.destroyed === true;
		try {
			return await reader.read(name, args, { actor, locale, now, isGone }).finally(ownTurn);
		} catch (reason) {
			if (reason instanceof TooBusy) error(503, m.error_too_busy());
			throw reason;
		}
	};
}
