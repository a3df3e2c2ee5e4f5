import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	addClosedDay,
	confirmClosedDay,
	removeClosedDay
} from '#lib/features/centres/commands.server.ts';
import { closedDayChoice, closedDayForm } from '#lib/features/centres/forms.ts';
import { getSection, listCentres, listClosedDays } from '#lib/features/centres/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Later than any date a form takes. */
const FAR = '2200-01-01';

export const load: PageServerLoad = async (event) => {
	const { locale, now } = event.locals;
	const ctx = event.locals.ctx!;
	const section = await getSection(ctx, locale);
	const today = dateIn(section.zone, now);
	return {
		today,
		section: section.name,
		mayCloseCountry: ctx.scope.centreIds === null,
		centres: (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name })),
		days: (await listClosedDays(ctx, { from: today, to: FAR }, locale)).map((day) => ({
			...day,
			once: crypto.randomUUID()
		})),
		form: openForm(event, { certainty: 'confirmed' })
	};
};

export const actions: Actions = {
	add: async (event) => {
		const read = await readForm(event, closedDayForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await addClosedDay(ctx!, { ...read.data, locale }, read.once);
		if (outcome.ok) back('added', outcome.done);
		return fail(409, { form: read.again({}, wordsFor(outcome.refusal.reason)) });
	},
	confirm: (event) => choose(event, confirmClosedDay, 'confirmed'),
	remove: (event) => choose(event, removeClosedDay, 'removed')
};

async function choose(event: RequestEvent, run: typeof confirmClosedDay, done: string) {
	const read = await readForm(event, closedDayChoice);
	if (!read.ok) return fail(422, { form: read.form });
	const outcome = await run(event.locals.ctx!, read.data, read.once);
	if (outcome.ok) back(done, outcome.done);
	return fail(409, { form: openFormWith(event, wordsFor(outcome.refusal.reason)) });
}

function back(done: string, { undo }: { undo: string }): never {
	redirect(303, `/settings/closed-days?done=${done}&undo=${undo}`);
}

function openFormWith(event: RequestEvent, message: string) {
	return { ...openForm(event, { certainty: 'confirmed' }), message };
}

function wordsFor(reason: 'not_found' | 'country_only' | 'key_reused'): string {
	return {
		not_found: m.closed_not_found,
		country_only: m.closed_country_only,
		key_reused: m.form_key_reused
	}[reason]();
}
