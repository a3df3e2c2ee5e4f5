import { can } from '#lib/platform/access/roles.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { URGENCIES } from '#lib/platform/db/vocabularies.ts';
import { loadHelp } from './help.server.ts';
import { loadRaising, raiseAction } from './raising.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { searchParams } = event.url;
	return {
		...(await loadHelp(event)),
		mayKeep: can(actorOf(event.locals), 'keep help directory'),
		raising: await loadRaising(event),
		/** What was raised a moment ago, and whether a focal point may read it. */
		raised: URGENCIES.find((urgency) => urgency === searchParams.get('raised')),
		isUnread: searchParams.has('unread')
	};
};

export const actions: Actions = { raise: raiseAction };
