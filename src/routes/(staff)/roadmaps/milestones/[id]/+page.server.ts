import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	closeMilestone,
	linkCycle,
	reopenMilestone,
	unlinkCycle
} from '#lib/features/roadmap/commands.server.ts';
import { addEvidence, removeEvidence } from '#lib/features/roadmap/evidence.commands.server.ts';
import {
	closeForm,
	cycleChoice,
	evidenceChoice,
	evidenceForm,
	overrideForm,
	removeForm,
	reopenForm
} from '#lib/features/roadmap/forms.ts';
import { findReceipt } from '#lib/features/roadmap/receipt.queries.server.ts';
import {
	CLOSE_REFUSALS,
	EVIDENCE_REFUSALS,
	LINK_REFUSALS,
	REOPEN_REFUSALS,
	STANDING_REFUSALS
} from '#lib/features/roadmap/refusals.ts';
import { ruledState } from '#lib/features/roadmap/rules.ts';
import { endOverrule, overrule } from '#lib/features/roadmap/standing.commands.server.ts';
import { listCycles } from '#lib/features/sessions/queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { readerOf } from '../../../reader.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** A milestone's receipt; for who steers, with the cycles that can still be linked. */
export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const receipt = await findReceipt(readerOf(locals), params.id, locals.locale);
	if (!receipt) error(404, m.error_not_found());
	const steers = can(actorOf(locals), 'steer milestones');
	const offers = steers && receipt.kind === 'sessions' && receipt.reachedOn === null;
	const linked = receipt.cycles.map(({ id }) => id);
	const cycles = offers
		? await listCycles(
				within(ctxOf(locals), 'steer milestones'),
				{ endsFrom: receipt.startsOn },
				locals.locale
			)
		: [];
	const free = cycles.filter(({ id }) => !linked.includes(id));
	return {
		now: locals.now,
		receipt,
		steers,
		free,
		ruled: ruledState(receipt, receipt.roadmap.today),
		keys: Object.fromEntries(
			[...linked, ...receipt.evidenceLinks.map(({ id }) => id), 'reopen', 'endOverrule'].map(
				(form) => [form, crypto.randomUUID()]
			)
		),
		overrideForm: openForm(event, { state: 'on_time' }),
		evidenceForm: openForm(event),
		linkForm: openForm(event),
		closeForm: openForm(event, {
			version: String(receipt.version),
			evidence: receipt.evidence?.text ?? '',
			confirmed: receipt.confirmedBy ?? ''
		})
	};
};

export const actions: Actions = {
	link: commandAction({
		form: cycleChoice,
		as: 'link',
		run: (ctx, { data, once, event }) => linkCycle(ctx, onThis(event, data), { once }),
		refused: LINK_REFUSALS,
		to: ({ undo }, { event }) => back(event, `linked&undo=${undo}`)
	}),
	unlink: commandAction({
		form: cycleChoice,
		as: 'unlink',
		run: (ctx, { data, once, event }) => unlinkCycle(ctx, onThis(event, data), { once }),
		refused: LINK_REFUSALS,
		to: ({ undo }, { event }) => back(event, `unlinked&undo=${undo}`)
	}),
	close: commandAction({
		form: closeForm,
		as: 'close',
		run: (ctx, { data, once, locale, event }) =>
			closeMilestone(ctx, onThis(event, data), { once, locale }),
		refused: CLOSE_REFUSALS,
		to: ({ undo }, { event }) => back(event, `milestone_closed&undo=${undo}`)
	}),
	reopen: commandAction({
		form: reopenForm,
		as: 'reopen',
		run: (ctx, { data, once, event }) => reopenMilestone(ctx, onThis(event, data), { once }),
		refused: REOPEN_REFUSALS,
		to: (_, { event }) => back(event, 'milestone_reopened')
	}),
	overrule: commandAction({
		form: overrideForm,
		as: 'override',
		run: (ctx, { data, once, locale, event }) =>
			overrule(ctx, { ...onThis(event, data), locale }, once),
		refused: STANDING_REFUSALS,
		to: (_, { event }) => back(event, 'saved')
	}),
	endOverrule: commandAction({
		form: removeForm,
		as: 'override',
		run: (ctx, { data, once, event }) => endOverrule(ctx, onThis(event, data), once),
		refused: STANDING_REFUSALS,
		to: (_, { event }) => back(event, 'saved')
	}),
	addEvidence: commandAction({
		form: evidenceForm,
		as: 'evidence',
		run: (ctx, { data, once, locale, event }) =>
			addEvidence(ctx, { ...onThis(event, data), locale }, once),
		refused: EVIDENCE_REFUSALS,
		to: (_, { event }) => back(event, 'saved')
	}),
	removeEvidence: commandAction({
		form: evidenceChoice,
		as: 'evidence',
		run: (ctx, { data, once, event }) => removeEvidence(ctx, onThis(event, data), once),
		refused: EVIDENCE_REFUSALS,
		to: ({ undo }, { event }) => back(event, `roadmap_removed&undo=${undo}`)
	})
};

function onThis<Data>({ params }: RequestEvent, data: Data) {
	return { ...data, milestoneId: params.id };
}

function back({ params }: RequestEvent, done: string): string {
	return `/roadmaps/milestones/${params.id}?done=${done}`;
}
