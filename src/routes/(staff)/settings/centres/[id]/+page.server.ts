import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { addRoom, editCentre, editRoom, removeRoom } from '#lib/features/centres/centre.server.ts';
import { centreForm, roomChoice, roomEditForm, roomForm } from '#lib/features/centres/forms.ts';
import {
	getCentreDefaults,
	listCentreSheets,
	listUsedRooms
} from '#lib/features/centres/queries.server.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { FormView } from '#lib/platform/forms/view.ts';
import { centreWords, roomWords } from '../refusals.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = event.locals.ctx!;
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
	save: async (event) => {
		const { id: centreId } = await centreHere(event);
		const read = await readForm(event, centreForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await editCentre(ctx!, { ...read.data, centreId, locale }, read.once);
		if (outcome.ok) back(centreId, 'centre_saved');
		return refused(centreWords(outcome.refusal.reason), read.again, (form) => ({ form }));
	},
	addRoom: async (event) => {
		const { id: centreId } = await centreHere(event);
		const read = await readForm(event, roomForm);
		if (!read.ok) return fail(422, { newRoom: read.form });
		const { ctx, locale } = event.locals;
		const outcome = await addRoom(ctx!, { ...read.data, centreId, locale }, read.once);
		if (outcome.ok) back(centreId, 'room_added');
		return refused(roomWords(outcome.refusal.reason), read.again, (newRoom) => ({ newRoom }));
	},
	editRoom: async (event) => {
		const { id: centreId } = await centreHere(event);
		const read = await readForm(event, roomEditForm);
		if (!read.ok) return fail(422, { room: read.form });
		const { ctx, locale } = event.locals;
		const { room: roomId, name, capacity } = read.data;
		const outcome = await editRoom(ctx!, { name, capacity, roomId, centreId, locale }, read.once);
		if (outcome.ok) back(centreId, 'room_saved');
		return refused(roomWords(outcome.refusal.reason), read.again, (room) => ({ room }));
	},
	removeRoom: async (event) => {
		const { id: centreId } = await centreHere(event);
		const read = await readForm(event, roomChoice);
		if (!read.ok) return fail(422, { room: read.form });
		const outcome = await removeRoom(
			event.locals.ctx!,
			{ centreId, roomId: read.data.room },
			read.once
		);
		if (outcome.ok) back(centreId, 'room_removed');
		return refused(roomWords(outcome.refusal.reason), read.again, (room) => ({ room }));
	}
};

async function centreHere({ locals, params }: RequestEvent) {
	const [centre] = await listCentreSheets(locals.ctx!, locals.locale, params.id);
	return centre ?? error(404, m.error_not_found());
}

function back(centreId: string, done: string): never {
	redirect(303, `/settings/centres/${centreId}?done=${done}`);
}

function refused<Shown>(
	{ field, words }: ReturnType<typeof centreWords>,
	again: (errors: Record<string, string>, message?: string) => FormView,
	show: (view: FormView) => Shown
) {
	return field
		? fail(422, show(again({ [field]: words }, m.form_check_fields())))
		: fail(409, show(again({}, words)));
}
