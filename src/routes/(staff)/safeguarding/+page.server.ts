import { can } from '#lib/platform/access/roles.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { loadHelp } from './help.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	...(await loadHelp(event)),
	mayKeep: can(actorOf(event.locals), 'keep help directory')
});
