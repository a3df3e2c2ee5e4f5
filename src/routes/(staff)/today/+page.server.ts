import { can } from '#lib/platform/access/roles.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import {
	closeConcernAction,
	loadConcerns,
	takeConcernAction
} from '../safeguarding/concerns.server.ts';
import { loadDay } from './day.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Two pages under one address: who answers children's wishes to talk sees those alone, everybody else none of them. */
export const load: PageServerLoad = async (event) =>
	can(actorOf(event.locals).role, 'answer concerns')
		? { day: null, concerns: await loadConcerns(event) }
		: { day: await loadDay(event), concerns: null };

export const actions: Actions = {
	takeConcern: takeConcernAction,
	closeConcern: closeConcernAction
};
