import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	closeMilestone,
	linkCycle,
	reopenMilestone,
	unlinkCycle
} from '#lib/features/roadmap/commands.server.ts';
import { closeForm, cycleChoice, reopenForm } from '#lib/features/roadmap/forms.ts';
import { findReceipt } from '#lib/features/roadmap/receipt.server.ts';
import { listCycles } from '#lib/features/sessions/queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import { readerOf } from '../../reader.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A milestone's receipt; for who steers, with the cycles that can still be linked. */
export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	const receipt = await findReceipt(readerOf(locals), params.id, locals.locale);
	if (!receipt) error(404, m.error_not_found());
	const steers = can(locals.actor!, 'steer roadmaps');
	const offers = steers && receipt.kind === 'sessions' && receipt.reachedOn === null;
	const linked = receipt.cycles.map(({ id }) => id);
	const cycles = offers
		? await listCycles(
				within(locals.ctx!, 'steer roadmaps'),
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
		keys: Object.fromEntries([...linked, 'reopen'].map((form) => [form, crypto.randomUUID()])),
		linkForm: openForm(event),
		closeForm: openForm(event, {
			version: String(receipt.version),
			evidence: receipt.evidence?.text ?? '',
			confirmed: receipt.confirmedBy ?? ''
		})
	};
};

export const actions: Actions = {
	link: async (event) => {
		const read = await readForm(event, cycleChoice);
		if (!read.ok) return fail(422, { link: read.form });
		const { ctx, input } = asked(event, read.data);
		const outcome = await linkCycle(ctx, input, read);
		if (outcome.ok) back(event, `linked&undo=${outcome.done.undo}`);
		return refused(outcome.refusal.reason, (words) => ({ link: read.again({}, words) }));
	},
	unlink: async (event) => {
		const read = await readForm(event, cycleChoice);
		if (!read.ok) return fail(422, { unlink: read.form });
		const { ctx, input } = asked(event, read.data);
		const outcome = await unlinkCycle(ctx, input, read);
		if (outcome.ok) back(event, `unlinked&undo=${outcome.done.undo}`);
		return refused(outcome.refusal.reason, (words) => ({ unlink: read.again({}, words) }));
	},
	close: async (event) => {
		const read = await readForm(event, closeForm);
		if (!read.ok) return fail(422, { close: read.form });
		const { ctx, input } = asked(event, read.data);
		const outcome = await closeMilestone(ctx, input, {
			once: read.once,
			locale: event.locals.locale
		});
		if (outcome.ok) back(event, `milestone_closed&undo=${outcome.done.undo}`);
		const { refusal } = outcome;
		if (refusal.reason === 'in_future')
			return fail(422, {
				close: read.again({ reached: m.milestone_refused_future() }, m.form_check_fields())
			});
		return refused(refusal.reason === 'closed' ? 'closed_meanwhile' : refusal.reason, (words) => {
			const form: FormView = read.again({}, words);
			// Sending again, having been told, closes the milestone as it stands now.
			if (refusal.reason === 'changed_meanwhile') form.values.version = String(refusal.version);
			return { close: form };
		});
	},
	reopen: async (event) => {
		const read = await readForm(event, reopenForm);
		if (!read.ok) return fail(422, { reopen: read.form });
		const { ctx, input } = asked(event, read.data);
		const outcome = await reopenMilestone(ctx, input, read);
		if (outcome.ok) back(event, 'milestone_reopened');
		return refused(outcome.refusal.reason, (words) => ({ reopen: read.again({}, words) }));
	}
};

function asked<Data>({ locals, params }: RequestEvent, data: Data) {
	return { ctx: locals.ctx!, input: { ...data, milestoneId: params.id! } };
}

function back({ params }: RequestEvent, done: string): never {
	redirect(303, `/roadmaps/milestones/${params.id}?done=${done}`);
}

const REFUSALS = {
	closed: m.milestone_refused_closed,
	closed_meanwhile: m.milestone_refused_closed_meanwhile,
	changed_meanwhile: m.milestone_refused_changed,
	not_closed: m.milestone_refused_not_closed,
	in_future: m.milestone_refused_future,
	unknown_cycle: m.milestone_refused_unknown_cycle,
	already_linked: m.milestone_refused_already_linked,
	not_linked: m.milestone_refused_not_linked,
	no_sessions: m.milestone_refused_no_sessions,
	key_reused: m.form_key_reused
};

function refused<Again>(
	reason: keyof typeof REFUSALS | 'not_found',
	again: (words: string) => Again
) {
	if (reason === 'not_found') error(404, m.error_not_found());
	return fail(409, again(REFUSALS[reason]()));
}
