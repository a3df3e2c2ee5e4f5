import {
	getSection,
	listCentres,
	listClosedDays,
	listRooms
} from '#lib/features/centres/queries.server.ts';
import { listSessions } from '#lib/features/sessions/queries.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { addDays, isDate, weekOf } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** One week of one centre, narrowed to a room or a facilitator if asked. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { locale } = locals;
	const ctx = ctxOf(locals);
	const asked = (name: string) => url.searchParams.get(name) ?? undefined;
	const section = await getSection(ctx, locale);
	const centres = await listCentres(ctx, locale);
	const centre = centres.find(({ id }) => id === asked('centre')) ?? centres[0];
	const today = dateIn(centre?.zone ?? section.zone, locals.now);
	const date = isDate(asked('date') ?? '') ? asked('date')! : today;
	const days = weekOf(date, section.weekStartsOn);
	const week = { from: days[0]!, to: days[6]! };
	const rooms = centre ? await listRooms(ctx, centre.id, locale) : [];
	const staff = centre ? await listFacilitators(ctx, centre.id, locale) : [];
	const room = rooms.find(({ id }) => id === asked('room'))?.id;
	const facilitator = staff.find(({ id }) => id === asked('facilitator'))?.id;
	const closedDays = await listClosedDays(ctx, week, locale);
	const sessions = centre
		? await listSessions(ctx, { ...week, centre: centre.id, room, facilitator }, locale)
		: [];
	return {
		today,
		centres: centres.map(({ id, name }) => ({ id, name })),
		centre: centre?.id,
		rooms: rooms.map(({ id, name }) => ({ id, name })),
		staff,
		room,
		facilitator,
		date,
		previous: addDays(week.from, -7),
		next: addDays(week.from, 7),
		days: days.map((date) => ({
			date,
			closed:
				closedDays.find(
					(day) => day.date === date && (!day.centreId || day.centreId === centre?.id)
				) ?? null,
			sessions: sessions.filter((session) => session.date === date)
		}))
	};
};
