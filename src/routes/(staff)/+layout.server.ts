import { getSection } from '#lib/features/centres/queries.server.ts';
import { permissionsOf } from '#lib/platform/access/roles.ts';
import { homeOf } from '#lib/platform/access/home.ts';
import { roleWords } from '#lib/platform/access/words.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { doneWords } from './done.server.ts';
import { whatOf } from './what.server.ts';
import type { LayoutServerLoad } from './$types';

/** What the shell shows on every staff page: who is here, and which rooms are open to their roles. */
export const load: LayoutServerLoad = async ({ locals, url, route }) => {
	const actor = actorOf(locals);
	const section = locals.ctx && (await getSection(locals.ctx, locals.locale));
	return {
		account: actor.accountId,
		name: actor.name,
		roles: roleWords(actor, locals.locale),
		home: homeOf(actor),
		section: section?.name ?? null,
		isExample: actor.isExample,
		may: permissionsOf(actor),
		what: whatOf(route.id),
		/** What was just done; said here, so that no page carries the words for all there is to do. */
		done: doneWords(url.searchParams.get('done'))
	};
};
