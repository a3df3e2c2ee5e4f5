import { makeRoadmap } from '#lib/features/roadmap/making.commands.server.ts';
import { roadmapForm } from '#lib/features/roadmap/forms.ts';
import { MAKE_REFUSALS } from '#lib/features/roadmap/refusals.ts';
import { can } from '#lib/platform/access/roles.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ({ form: openForm(event) });

export const actions: Actions = {
	make: commandAction({
		form: roadmapForm,
		run: (ctx, { data, once }) => makeRoadmap(ctx, data, once),
		refused: MAKE_REFUSALS,
		/** Who makes one and does not steer leaves the rest to the manager. */
		to: ({ id }, { event }) =>
			can(actorOf(event.locals), 'steer roadmaps')
				? `/roadmaps/${id}/edit?done=roadmap_made`
				: `/roadmaps/${id}?done=roadmap_made`
	})
};
