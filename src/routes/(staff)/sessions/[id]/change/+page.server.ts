import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { cancelPlanned, moveSessions } from '#lib/features/changes/commands.server.ts';
import { cancelForm, moveForm, seenText } from '#lib/features/changes/forms.ts';
import { listChanges } from '#lib/features/changes/list.queries.server.ts';
import { listChangeable, readChangeRequest } from '#lib/features/changes/queries.server.ts';
import { CANCEL_REFUSALS, MOVE_REFUSALS } from '#lib/features/changes/refusals.ts';
import { freeSlots, OFFERED_DAYS } from '#lib/features/changes/rules.ts';
import type { Changeable } from '#lib/features/changes/types.ts';
import { againstWords, choiceWords } from '#lib/features/changes/words.ts';
import { listRooms } from '#lib/features/centres/queries.server.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const session = await findSession(ctx, params.id, locale);
	if (!session) error(404, m.error_not_found());
	const [own] = await listChangeable(ctx, { ids: [params.id] }, locale);
	const history = await listChanges(ctx, { sessionId: params.id }, locale);
	if (!own) return { session, history, change: null };
	const cycle = own.cycleId ? await listChangeable(ctx, { cycleId: own.cycleId }, locale) : [own];
	const chosen = url.searchParams.get('with') === 'rest' ? restOf(cycle, own) : [own];
	const rooms = await listRooms(ctx, session.centreId, locale);
	const asked = (name: string) => url.searchParams.get(name);
	return {
		session,
		history,
		change: {
			own,
			choices: cycle.map((one) => ({
				id: one.id,
				value: seenText(one),
				label: choiceWords(one, locale),
				isCancelled: one.status === 'cancelled'
			})),
			isRest: chosen.length > 1,
			hasRest: restOf(cycle, own).length > 1,
			rooms: rooms.map(({ id, name }) => ({ id, name })),
			staff: await listFacilitators(ctx, session.centreId, locale),
			free: await freeFor(ctx, chosen, locale),
			form: openForm(event, {
				session: chosen.map(seenText),
				version: String(own.version),
				date: asked('date') ?? own.date,
				time: asked('time') ?? own.time,
				minutes: String(own.minutes),
				place: rooms.some(({ id }) => id === asked('room')) ? asked('room')! : 'same',
				where: '',
				leaves: '',
				comes: '',
				reason: '',
				note: ''
			})
		}
	};
};

/** A session and the planned ones of its cycle after it. */
function restOf(cycle: readonly Changeable[], own: Changeable): Changeable[] {
	const at = cycle.findIndex(({ id }) => id === own.id);
	return [own, ...cycle.slice(at + 1).filter(({ status }) => status === 'planned')];
}

async function freeFor(ctx: Context, chosen: readonly Changeable[], locale: Locale) {
	const [first] = chosen as [Changeable];
	const today = dateIn(first.zone, ctx.now);
	const from = first.date < today ? today : first.date;
	const request = await readChangeRequest(
		ctx,
		{
			sessions: chosen,
			facilitatorIds: [...new Set(chosen.flatMap((one) => one.facilitators.map(({ id }) => id)))],
			from,
			to: addDays(chosen.at(-1)!.date < from ? from : chosen.at(-1)!.date, OFFERED_DAYS)
		},
		locale
	);
	return request ? freeSlots(request, chosen, { from }) : [];
}

export const actions: Actions = {
	move: commandAction({
		form: moveForm,
		run: (ctx, { data, once, locale, event }) =>
			moveSessions(ctx, { ...data, sessionId: event.params.id }, { once, locale }),
		refused: MOVE_REFUSALS,
		showing: async (refusal, { locale }) => ({
			against: 'against' in refusal ? refusal.against.map((one) => againstWords(one, locale)) : [],
			isDoubtful: refusal.reason === 'doubtful'
		}),
		to: ({ changeId, undo }) => `/calendar/changes/${changeId}?done=plan_changed&undo=${undo}`
	}),
	cancel: commandAction({
		form: cancelForm,
		run: (ctx, { data, once, locale }) => cancelPlanned(ctx, data, { once, locale }),
		refused: CANCEL_REFUSALS,
		to: ({ changeId, undo }) => `/calendar/changes/${changeId}?done=plan_changed&undo=${undo}`
	})
};
