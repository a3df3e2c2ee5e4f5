import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { centreForm, roomForm } from './forms.ts';
import { isAmong } from './paste.rules.ts';
import { placeOf } from './regions.rules.ts';

export type CentreRefusal = { reason: 'not_found' | 'name_taken' | 'region_unknown' };
export type RoomRefusal = { reason: 'not_found' | 'name_taken' | 'in_use' };

type CentreInput = z.output<typeof centreForm> & { locale: Locale };
type RoomInput = z.output<typeof roomForm> & { centreId: string; locale: Locale };

/** Adds a centre to the section. Refuses a name another centre has, and a region that is not of the country. */
export function addCentre(
	ctx: Context,
	input: CentreInput,
	once: string
): Promise<Outcome<{ id: string }, CentreRefusal | KeyReused>> {
	return command(ctx, { name: 'add centre', once, input }, async ({ ctx, refuse, audit }) => {
		const checked = await checkCentre(ctx, input);
		if (typeof checked === 'string') return refuse({ reason: checked });
		const id = newId();
		await ctx.db
			.insertInto('centre')
			.values({
				id,
				section_id: ctx.scope.sectionId,
				name_texts: textsJson({ [input.locale]: input.name }),
				...checked
			})
			.execute();
		await audit({
			action: 'add centre',
			objectType: 'centre',
			objectId: id,
			fields: ['name_texts', ...Object.keys(checked)]
		});
		return { id };
	});
}

/** Changes a centre; its name in the reader's language only. Sessions already planned stay as they are. */
export function editCentre(
	ctx: Context,
	input: CentreInput & { centreId: string },
	once: string
): Promise<Outcome<{ id: string }, CentreRefusal | KeyReused>> {
	return command(ctx, { name: 'edit centre', once, input }, async ({ ctx, refuse, audit }) => {
		const before = (await namesOfCentres(ctx)).find(({ id }) => id === input.centreId);
		if (!before) return refuse({ reason: 'not_found' });
		const checked = await checkCentre(ctx, input, before.id);
		if (typeof checked === 'string') return refuse({ reason: checked });
		await ctx.db
			.updateTable('centre')
			.set({ name_texts: renamed(before.name_texts, input), ...checked })
			.where('id', '=', before.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.execute();
		await audit({
			action: 'edit centre',
			objectType: 'centre',
			objectId: before.id,
			fields: ['name_texts', ...Object.keys(checked)]
		});
		return { id: before.id };
	});
}

/** Adds a room to a centre within reach. */
export function addRoom(
	ctx: Context,
	input: RoomInput,
	once: string
): Promise<Outcome<{ id: string }, RoomRefusal | KeyReused>> {
	return command(ctx, { name: 'add room', once, input }, async ({ ctx, refuse, audit }) => {
		const centre = (await namesOfCentres(ctx)).find(({ id }) => id === input.centreId);
		if (!centre) return refuse({ reason: 'not_found' });
		const others = await namesOfRooms(ctx, centre.id);
		if (isTaken(others, input.name)) refuse({ reason: 'name_taken' });
		const id = newId();
		await ctx.db
			.insertInto('room')
			.values({
				id,
				section_id: ctx.scope.sectionId,
				centre_id: centre.id,
				name_texts: textsJson({ [input.locale]: input.name }),
				capacity: input.capacity
			})
			.execute();
		await audit({
			action: 'add room',
			objectType: 'room',
			objectId: id,
			fields: ['name_texts', 'capacity']
		});
		return { id };
	});
}

/** Changes a room's name in the reader's language and how many people fit. */
export function editRoom(
	ctx: Context,
	input: RoomInput & { roomId: string },
	once: string
): Promise<Outcome<{ id: string }, RoomRefusal | KeyReused>> {
	return command(ctx, { name: 'edit room', once, input }, async ({ ctx, refuse, audit }) => {
		const rooms = await namesOfRooms(ctx, input.centreId);
		const before = rooms.find(({ id }) => id === input.roomId);
		if (!before) return refuse({ reason: 'not_found' });
		const others = rooms.filter(({ id }) => id !== before.id);
		if (isTaken(others, input.name)) refuse({ reason: 'name_taken' });
		await ctx.db
			.updateTable('room')
			.set({ name_texts: renamed(before.name_texts, input), capacity: input.capacity })
			.where('id', '=', before.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.execute();
		await audit({
			action: 'edit room',
			objectType: 'room',
			objectId: before.id,
			fields: ['name_texts', 'capacity']
		});
		return { id: before.id };
	});
}

/** Removes a room that no cycle and no session ever used; refuses any other. */
export function removeRoom(
	ctx: Context,
	input: { centreId: string; roomId: string },
	once: string
): Promise<Outcome<{ id: string }, RoomRefusal | KeyReused>> {
	return command(ctx, { name: 'remove room', once, input }, async ({ ctx, refuse, audit }) => {
		const rooms = await namesOfRooms(ctx, input.centreId);
		if (!rooms.some(({ id }) => id === input.roomId)) refuse({ reason: 'not_found' });
		const removed = await ctx.db
			.deleteFrom('room')
			.where('id', '=', input.roomId)
			.where('section_id', '=', ctx.scope.sectionId)
			.where((eb) =>
				eb.not(
					eb.or([
						eb.exists(
							eb.selectFrom('cycle').select('cycle.id').whereRef('cycle.room_id', '=', 'room.id')
						),
						eb.exists(
							eb
								.selectFrom('session')
								.select('session.id')
								.whereRef('session.room_id', '=', 'room.id')
						)
					])
				)
			)
			.executeTakeFirst();
		if (!removed.numDeletedRows) refuse({ reason: 'in_use' });
		await audit({
			action: 'remove room',
			objectType: 'room',
			objectId: input.roomId,
			fields: []
		});
		return { id: input.roomId };
	});
}

/** The columns of a centre from its form, or why not. */
async function checkCentre(ctx: Context, input: CentreInput, own?: string) {
	const { country } = await ctx.db
		.selectFrom('section')
		.select('country')
		.where('id', '=', ctx.scope.sectionId)
		.executeTakeFirstOrThrow();
	const place = placeOf(country, input.region);
	if (!place) return 'region_unknown' as const;
	const others = (await namesOfCentres(ctx)).filter(({ id }) => id !== own);
	if (isTaken(others, input.name)) return 'name_taken' as const;
	return {
		adm1_pcode: place.adm1,
		adm2_pcode: place.adm2,
		zone: input.zone,
		closed_weekdays: [...new Set(input.closedWeekdays)].sort().join(','),
		opens_at: input.opensAt,
		closes_at: input.closesAt
	};
}

function namesOfCentres({ db, scope }: Context) {
	return db
		.selectFrom('centre')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) => query.where('id', 'in', scope.centreIds!))
		.execute();
}

function namesOfRooms({ db, scope }: Context, centreId: string) {
	return db
		.selectFrom('room')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.where('centre_id', '=', centreId)
		.$if(scope.centreIds !== null, (query) => query.where('centre_id', 'in', scope.centreIds!))
		.execute();
}

function isTaken(others: readonly { name_texts: string }[], name: string): boolean {
	return others.some(({ name_texts }) => isAmong(namesIn(name_texts), name));
}

function namesIn(json: string): string[] {
	return Object.values(JSON.parse(json) as Texts).filter((text) => text !== undefined);
}

function renamed(json: string, { name, locale }: { name: string; locale: Locale }): string {
	return textsJson({ ...(JSON.parse(json) as Texts), [locale]: name });
}
