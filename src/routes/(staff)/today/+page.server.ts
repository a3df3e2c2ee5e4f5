import { can } from '#lib/platform/access/roles.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import {
	closeConcernAction,
	loadConcerns,
	loadUnread,
	takeConcernAction
} from '../safeguarding/concerns.server.ts';
import { loadDay } from './day.server.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * Parts under one address, each read with its own permission: children's wishes to talk for who answers them, alone;
 * the day of who runs sessions; and for who can name another focal point, that wishes wait nobody may read.
 */
export const load: PageServerLoad = async (event) => {
	const actor = actorOf(event.locals);
	return {
		concerns: can(actor, 'answer concerns') ? await loadConcerns(event) : null,
		unread: await loadUnread(event),
		day: can(actor, 'see sessions') ? await loadDay(event) : null
	};
};

export const actions: Actions = {
	takeConcern: takeConcernAction,
	closeConcern: closeConcernAction
};
