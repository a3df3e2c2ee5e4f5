import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre, listRooms } from '#lib/features/centres/queries.server.ts';
import { findCohort, listCohorts } from '#lib/features/cohorts/queries.server.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { plan } from '#lib/features/sessions/clashes.ts';
import { planCycle } from '#lib/features/sessions/commands.server.ts';
import { planForm } from '#lib/features/sessions/forms.ts';
import { suggest } from '#lib/features/sessions/suggest.ts';
import { readWish } from '#lib/features/sessions/planning.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openForm, readForm, readQuery } from '#lib/platform/forms/form.server.ts';
import { valueOf, type FormView } from '#lib/platform/forms/view.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The whole wish travels in the address, so that it survives a reload, a login and a shared link. */
export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	const asked = await readQuery(event.url, planForm);
	const form = openForm(event, asked.values);
	const offer = await offerFor(event, form);
	const judged = asked.ok ? await judge(event, asked.data) : null;
	return {
		...offer,
		form: { ...form, values: { ...offer.suggested, ...form.values } },
		touched: event.url.searchParams.has('weekday') || event.url.searchParams.has('time'),
		errors: asked.ok ? {} : asked.errors,
		plan: judged?.ok ? judged.plan : null,
		refusal: judged && !judged.ok ? judged.words : null,
		locale: locals.locale
	};
};

export const actions: Actions = {
	confirm: async (event) => {
		const read = await readForm(event, planForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await planCycle(ctx!, read.data, { once: read.once, locale });
		if (outcome.ok) {
			const { centreId, firstDate } = outcome.done;
			redirect(303, `/calendar?centre=${centreId}&date=${firstDate}&done=planned`);
		}
		const { reason } = outcome.refusal;
		const words = {
			not_found: m.plan_not_found,
			cohort_closed: m.cohort_is_closed,
			clash: m.plan_clash_meanwhile,
			nothing_to_plan: m.plan_nothing,
			key_reused: m.form_key_reused
		}[reason]();
		return fail(409, { form: read.again({}, words) });
	}
};

/** What the words of the sentence can be changed to, and what they say before anyone has chosen. */
async function offerFor({ locals }: Pick<RequestEvent, 'locals'>, form: FormView) {
	const { locale } = locals;
	const ctx = locals.ctx!;
	const cohorts = await listCohorts(ctx, locale);
	const cohort =
		(await findCohort(ctx, valueOf(form, 'cohort'), locale)) ??
		cohorts.find(({ status }) => status === 'open');
	if (!cohort) error(404, m.plan_no_cohort());
	const [centre, rooms, staff, versions] = [
		await getCentre(ctx, cohort.centreId, locale),
		await listRooms(ctx, cohort.centreId, locale),
		await listFacilitators(ctx, cohort.centreId, locale),
		await listCurrentVersions(ctx, locale)
	];
	const today = dateIn(centre.zone, locals.now);
	return {
		suggested: suggest({ cohort, rooms, staff, versions, today, plannerId: ctx.actor.accountId }),
		today,
		opensAt: centre.opensAt,
		closesAt: centre.closesAt,
		cohort,
		cohorts: cohorts.filter(({ status, id }) => status === 'open' || id === cohort.id),
		rooms,
		staff,
		versions: versions.map(({ id, name, plans }) => ({ id, name, sessionCount: plans.length }))
	};
}

async function judge(event: RequestEvent, input: Parameters<typeof readWish>[1]) {
	const { ctx, locale } = event.locals;
	const read = await readWish(ctx!, input, locale);
	if (read.ok) return { ok: true as const, plan: plan(read.wish) };
	const words = read.refusal.reason === 'cohort_closed' ? m.cohort_is_closed() : m.plan_not_found();
	return { ok: false as const, words };
}
