import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getCentre, getSection } from '#lib/features/centres/queries.server.ts';
import { findCohort, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { paperForm } from '#lib/features/consent/forms.ts';
import { listGiverNames } from '#lib/features/consent/history.queries.server.ts';
import { recordPapers } from '#lib/features/consent/paper.commands.server.ts';
import { MOST_PAPERS, papersOf, type Papers } from '#lib/features/consent/papers.rules.ts';
import { getTerms, listStandings } from '#lib/features/consent/queries.server.ts';
import { PAPER_REFUSALS } from '#lib/features/consent/refusals.ts';
import { keyOf, tallyOf } from '#lib/features/consent/standing.rules.ts';
import { purposeIn } from '#lib/features/consent/texts.rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The papers of a cohort for one purpose, which the address names. */
export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const { cohort, today } = await cohortHere(event);
	const { languages } = await getSection(ctx, locale);
	const terms = await getTerms(ctx);
	const asked = purposeIn(event.url.searchParams.get('purpose'));
	const purpose = terms.purposes.find((one) => one === asked) ?? terms.purposes[0]!;
	const members = await listMembers(ctx, { cohortId: cohort.id, date: today }, locale);
	const ids = members.map(({ personId }) => personId);
	const standings = await listStandings(ctx, ids, { today, terms });
	const rows = members.map(({ personId, name }) => ({
		...{ personId, name },
		...papersOf(standings.get(personId)!, purpose)
	}));
	const several = rows.flatMap(({ guardian }) =>
		guardian?.isAsked && guardian.signers.length > 1 ? guardian.signers : []
	);
	const names = await listGiverNames(ctx, several);
	return {
		cohort: { id: cohort.id, name: cohort.name },
		...{ today, languages, purpose, purposes: terms.purposes },
		tally: tallyOf(rows.map(({ standing }) => standing)),
		/** Those with something to enter first. */
		papers: rows
			.toSorted((a, b) => Number(isAsked(b)) - Number(isAsked(a)))
			.map(({ guardian, ...row }) => ({
				...row,
				guardian: guardian && {
					...guardian,
					signers: guardian.signers.map((adult) => ({
						key: keyOf(adult),
						relation: adult.relation,
						name: names.get(keyOf(adult)) ?? null
					}))
				}
			})),
		most: MOST_PAPERS,
		form: openForm(event, {
			purpose,
			on: today,
			language: languages[0] ?? locale,
			explained: ctx.actor.kind === 'staff' ? ctx.actor.name : ''
		})
	};
};

export const actions: Actions = {
	record: commandAction({
		here: cohortHere,
		form: paperForm,
		run: (ctx, { data, here: { today }, once }) => recordPapers(ctx, data, { once, today }),
		refused: PAPER_REFUSALS,
		to: (_, { data, here }) =>
			`/cohorts/${here.cohort.id}/consent?purpose=${data.purpose}&done=papers_recorded`
	})
};

function isAsked({ self, guardian }: Pick<Papers, 'self' | 'guardian'>): boolean {
	return self.isAsked || (guardian?.isAsked ?? false);
}

async function cohortHere({ locals, params }: RequestEvent) {
	const ctx = ctxOf(locals);
	const cohort = await findCohort(ctx, params.id, locals.locale);
	if (!cohort) error(404, m.error_not_found());
	const { zone } = await getCentre(ctx, cohort.centreId, locals.locale);
	return { cohort, today: dateIn(zone, locals.now) };
}
