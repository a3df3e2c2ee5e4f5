import { closeCentre } from '#lib/features/changes/closing.commands.server.ts';
import { listClosing, seenMark } from '#lib/features/changes/closing.queries.server.ts';
import { closingForm, closingQuery } from '#lib/features/changes/forms.ts';
import { CLOSING_REFUSALS } from '#lib/features/changes/refusals.ts';
import { againstWords } from '#lib/features/changes/words.ts';
import { getSection, listCentres, listRooms } from '#lib/features/centres/queries.server.ts';
import { nthWords } from '#lib/features/sessions/words.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm, readQuery } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Centre and dates are asked first, by the address; then every session of them with what may become of them. */
export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const centres = await listCentres(ctx, locale);
	const asked = await readQuery(url, closingQuery);
	const centre = centres.find(({ id }) => id === url.searchParams.get('centre')) ?? centres[0];
	const zone = centre?.zone ?? (await getSection(ctx, locale)).zone;
	const today = dateIn(zone, locals.now);
	const isAsked = asked.ok && asked.data.to >= asked.data.from;
	const sessions = isAsked ? await listClosing(ctx, asked.data, locale) : [];
	return {
		centres: centres.map(({ id, name }) => ({ id, name })),
		rooms: centre ? await listRooms(ctx, centre.id, locale) : [],
		asked: {
			centre: centre?.id ?? '',
			from: url.searchParams.get('from') ?? today,
			to: url.searchParams.get('to') ?? today,
			room: url.searchParams.get('room') ?? ''
		},
		query: isAsked ? url.search.slice(1) : null,
		seen: seenMark(sessions),
		days: [...Map.groupBy(sessions, ({ date }) => date)].map(([date, ofDay]) => ({
			date,
			sessions: ofDay.map((session) => ({
				id: session.id,
				time: session.time,
				minutes: session.minutes,
				cohort: session.cohort,
				title: nthWords(session),
				where: session.where,
				expectedCount: session.memberCount,
				staff: session.facilitators.map(({ name }) => name)
			}))
		})),
		form: openForm(event, { what: 'cancel', days: '7', where: '', reason: '', note: '', keep: [] })
	};
};

export const actions: Actions = {
	close: commandAction({
		form: closingForm,
		run: (ctx, { data, once, locale }) => closeCentre(ctx, data, { once, locale }),
		refused: CLOSING_REFUSALS,
		showing: async (refusal, { locale }) => ({
			against: 'against' in refusal ? refusal.against.map((one) => againstWords(one, locale)) : [],
			isDoubtful: refusal.reason === 'doubtful'
		}),
		to: ({ changeId, undo }) => `/calendar/changes/${changeId}?done=plan_changed&undo=${undo}`
	})
};
