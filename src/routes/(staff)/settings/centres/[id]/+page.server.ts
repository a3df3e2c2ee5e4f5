import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import {
	addRoom,
	editCentre,
	editRoom,
	removeRoom
} from '#lib/features/centres/centre.commands.server.ts';
import { centreForm, roomChoice, roomEditForm, roomForm } from '#lib/features/centres/forms.ts';
import {
	getCentreDefaults,
	listCentreSheets,
	listUsedRooms
} from '#lib/features/centres/queries.server.ts';
import { CENTRE_REFUSALS, ROOM_REFUSALS } from '#lib/features/centres/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const centre = await centreHere(event);
	const used = await listUsedRooms(ctx, centre.id);
	return {
		name: centre.name,
		country: (await getCentreDefaults(ctx)).country,
		form: openForm(event, {
			name: centre.name,
			region: centre.place.adm2 ?? centre.place.adm1,
			zone: centre.zone,
			opensAt: centre.opensAt,
			closesAt: centre.closesAt,
			closedWeekdays: centre.closedWeekdays.map(String)
		}),
		newRoom: openForm(event),
		rooms: centre.rooms.map((room) => ({
			id: room.id,
			name: room.name,
			isUsed: used.includes(room.id),
			view: openForm(event, { name: room.name, capacity: String(room.capacity) })
		}))
	};
};

export const actions: Actions = {
	save: commandAction({
		here: centreHere,
		form: centreForm,
		run: (ctx, { data, here, once, locale }) =>
			editCentre(ctx, { ...data, centreId: here.id, locale }, once),
		refused: CENTRE_REFUSALS,
		to: (_, { here }) => back(here, 'centre_saved')
	}),
	addRoom: commandAction({
		here: centreHere,
		form: roomForm,
		as: 'newRoom',
		run: (ctx, { data, here, once, locale }) =>
			addRoom(ctx, { ...data, centreId: here.id, locale }, once),
		refused: ROOM_REFUSALS,
		to: (_, { here }) => back(here, 'room_added')
	}),
	editRoom: commandAction({
		here: centreHere,
		form: roomEditForm,
		as: 'room',
		run: (ctx, { data: { room: roomId, ...room }, here, once, locale }) =>
			editRoom(ctx, { ...room, roomId, centreId: here.id, locale }, once),
		refused: ROOM_REFUSALS,
		to: (_, { here }) => back(here, 'room_saved')
	}),
	removeRoom: commandAction({
		here: centreHere,
		form: roomChoice,
		as: 'room',
		run: (ctx, { data, here, once }) =>
			removeRoom(ctx, { centreId: here.id, roomId: data.room }, once),
		refused: ROOM_REFUSALS,
		to: (_, { here }) => back(here, 'room_removed')
	})
};

async function centreHere({ locals, params }: RequestEvent) {
	const [centre] = await listCentreSheets(ctxOf(locals), locals.locale, params.id);
	return centre ?? error(404, m.error_not_found());
}

function back({ id }: { id: string }, done: string): string {
	return `/settings/centres/${id}?done=${done}`;
}
