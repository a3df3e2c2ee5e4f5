import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { cycleChoice } from '#lib/features/curricula/forms.ts';
import type { FullVersion } from '#lib/features/curricula/types.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { GO_ON_REFUSALS } from '#lib/features/sessions/refusals.ts';
import { goOnWith } from '#lib/features/sessions/versions.commands.server.ts';
import { listOpenCycles } from '#lib/features/sessions/versions.queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { PageServerLoadEvent, RequestEvent } from './$types';

/** Cycles within reach of who plans that still follow an older version, with what going on to this one means. */
export async function loadCycles(event: PageServerLoadEvent, version: FullVersion) {
	const { locals } = event;
	if (!can(actorOf(locals), 'plan cycles')) return [];
	const ctx = within(ctxOf(locals), 'plan cycles');
	return (await listOpenCycles(ctx, version, locals.locale)).map(({ moves: _, ...cycle }) => ({
		...cycle,
		view: openForm(event, { cycle: cycle.id })
	}));
}

export const goOnAction = commandAction({
	form: cycleChoice,
	as: 'cycle',
	here: async ({ locals, params }: RequestEvent) =>
		(await findVersion(ctxOf(locals), params.id, locals.locale)) ?? error(404, m.error_not_found()),
	run: (ctx, { data, here, once, locale }) =>
		goOnWith(ctx, { cycle: data.cycle, version: here }, { once, locale }),
	refused: GO_ON_REFUSALS,
	to: (_, { here }) => `/curricula/versions/${here.id}?done=cycle_goes_on#cycles`
});
