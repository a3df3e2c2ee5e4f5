import { countToRead, countUnreadable } from '#lib/features/feedback/reading.queries.server.ts';
import { listNamedReaders } from '#lib/features/feedback/readers.queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';

/** What Today says of words: to who reads them how many sessions wait; to who names readers what nobody may read. */
export async function loadReading(locals: App.Locals) {
	const actor = actorOf(locals);
	const reads = can(actor, 'read words') && within(ctxOf(locals), 'read words');
	const names = can(actor, 'name readers') && within(ctxOf(locals), 'name readers');
	return {
		toRead: reads ? await countToRead(reads) : 0,
		unreadable: names ? await countUnreadable(names) : 0,
		isNobodyNamed: names
			? !(await listNamedReaders(names, locals.locale)).some(({ canRead }) => canRead)
			: false
	};
}
export type Reading = Awaited<ReturnType<typeof loadReading>>;
