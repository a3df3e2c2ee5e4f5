import { redirect } from '@sveltejs/kit';
import { getCentre, listRooms } from '#lib/features/centres/queries.server.ts';
import { findCohort, listCohorts, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { tallyTakingPart } from '#lib/features/consent/queries.server.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import { plan } from '#lib/features/sessions/clashes.rules.ts';
import { planCycle } from '#lib/features/sessions/commands.server.ts';
import { planForm } from '#lib/features/sessions/forms.ts';
import { PLAN_REFUSALS, wishWords } from '#lib/features/sessions/refusals.ts';
import { startTimes, suggest } from '#lib/features/sessions/suggest.rules.ts';
import { hasHalves } from '#lib/features/sessions/strands.rules.ts';
import { readPlanRequest } from '#lib/features/sessions/planning.queries.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm, readQuery } from '#lib/platform/forms/form.server.ts';
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
	confirm: commandAction({
		form: planForm,
		run: (ctx, { data, once, locale }) => planCycle(ctx, data, { once, locale }),
		refused: PLAN_REFUSALS,
		to: ({ centreId, firstDate }) => `/calendar?centre=${centreId}&date=${firstDate}&done=planned`
	})
};

/** What the words of the sentence can be changed to, and what they say before anyone has chosen. */
async function offerFor({ locals }: Pick<RequestEvent, 'locals'>, form: FormView) {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const cohorts = await listCohorts(ctx, locale);
	const cohort =
		(await findCohort(ctx, valueOf(form, 'cohort'), locale)) ??
		cohorts.find(({ status }) => status === 'open');
	// Where there is nothing to plan for yet, the list says what comes first.
	if (!cohort) redirect(303, '/cohorts');
	const [centre, rooms, staff, versions] = [
		await getCentre(ctx, cohort.centreId, locale),
		await listRooms(ctx, cohort.centreId, locale),
		await listFacilitators(ctx, cohort.centreId, locale),
		await listCurrentVersions(ctx, locale)
	];
	const today = dateIn(centre.zone, locals.now);
	const suggested = suggest({
		...{ centre, cohort, rooms, staff, versions, today },
		plannerId: ctx.actor.accountId
	});
	const asked = valueOf(form, 'version') || suggested.version;
	const version = versions.find(({ id }) => id === asked);
	const members = await listMembers(ctx, { cohortId: cohort.id, date: today }, locale);
	return {
		suggested,
		today,
		consent: await tallyTakingPart(
			ctx,
			members.map(({ personId }) => personId),
			today
		),
		times: startTimes(centre, version),
		/** Girls and mothers meet apart in it. */
		halves: version !== undefined && hasHalves(version.plans),
		cohort,
		cohorts: cohorts.filter(({ status, id }) => status === 'open' || id === cohort.id),
		rooms,
		staff,
		projects: await listChoices(ctx, locale),
		versions: versions.map(({ id, name }) => ({ id, name }))
	};
}

async function judge(event: RequestEvent, input: Parameters<typeof readPlanRequest>[1]) {
	const read = await readPlanRequest(ctxOf(event.locals), input, event.locals.locale);
	return read.ok
		? { ok: true as const, plan: plan(read.wish) }
		: { ok: false as const, words: wishWords(read.refusal) };
}
