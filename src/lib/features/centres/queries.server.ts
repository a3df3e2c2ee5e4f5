import { weekdaysFrom } from '#lib/platform/clock/days.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { byName, collatorIn } from '#lib/platform/i18n/collation.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { isLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import type { Centre, CentreSheet, ClosedDay, Room } from './types.ts';

/** The centres within reach, by name. */
export async function listCentres(ctx: Context, locale: Locale): Promise<Centre[]> {
	const rows = await centresInScope(ctx).execute();
	return rows.map((row) => asCentre(row, locale)).sort(byName(locale));
}

/** One centre, or undefined when it is out of reach. */
export async function findCentre(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<Centre | undefined> {
	const row = await centresInScope(ctx).where('id', '=', id).executeTakeFirst();
	return row && asCentre(row, locale);
}

/** One centre that must be within reach: of a cohort or session already found. Throws when it is not. */
export async function getCentre(ctx: Context, id: string, locale: Locale): Promise<Centre> {
	return asCentre(await centresInScope(ctx).where('id', '=', id).executeTakeFirstOrThrow(), locale);
}

/** The rooms of a centre within reach, by name. */
export async function listRooms(ctx: Context, centreId: string, locale: Locale): Promise<Room[]> {
	const rows = await ctx.db
		.selectFrom('room')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('centre_id', '=', centreId)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('centre_id', 'in', ctx.scope.centreIds!)
		)
		.execute();
	return rows.map((row) => asRoom(row, locale)).sort(byName(locale));
}

/** The centres within reach with their place and rooms, by name; with `id` only that one. */
export async function listCentreSheets(
	ctx: Context,
	locale: Locale,
	id?: string
): Promise<CentreSheet[]> {
	const centres = await centresInScope(ctx)
		.$if(id !== undefined, (query) => query.where('id', '=', id!))
		.execute();
	const rooms = await ctx.db
		.selectFrom('room')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('centre_id', 'in', ctx.scope.centreIds!)
		)
		.$if(id !== undefined, (query) => query.where('centre_id', '=', id!))
		.execute();
	const inOrder = <Named extends { name: string }>(named: Named[]) => named.sort(byName(locale));
	const roomsOf = Map.groupBy(rooms, ({ centre_id }) => centre_id);
	return inOrder(
		centres.map((row) => ({
			...asCentre(row, locale),
			place: { adm1: row.adm1_pcode, adm2: row.adm2_pcode },
			rooms: inOrder((roomsOf.get(row.id) ?? []).map((room) => asRoom(room, locale)))
		}))
	);
}

/** What a new centre of the section starts with. */
export async function getCentreDefaults(
	ctx: Context
): Promise<{ country: string; zone: string; closedWeekdays: number[] }> {
	const row = await ctx.db
		.selectFrom('section')
		.select(['country', 'zone', 'closed_weekdays'])
		.where('id', '=', ctx.scope.sectionId)
		.executeTakeFirstOrThrow();
	return {
		country: row.country,
		zone: row.zone,
		closedWeekdays: weekdaysFrom(row.closed_weekdays)
	};
}

/** The rooms of a centre that a cycle or session uses or used. */
export async function listUsedRooms(ctx: Context, centreId: string): Promise<string[]> {
	const uses = await ctx.db
		.selectFrom('cycle')
		.select('room_id')
		.where('section_id', '=', ctx.scope.sectionId)
		.where('centre_id', '=', centreId)
		.union(
			ctx.db
				.selectFrom('session')
				.select('room_id')
				.where('section_id', '=', ctx.scope.sectionId)
				.where('centre_id', '=', centreId)
		)
		.execute();
	return uses.flatMap(({ room_id }) => room_id ?? []);
}

/** The rooms of every centre within reach, each with its centre's name, by centre and name. */
export async function listRoomsEverywhere(
	ctx: Context,
	locale: Locale
): Promise<{ id: string; name: string; centreId: string; centre: string }[]> {
	const rows = await ctx.db
		.selectFrom('room')
		.innerJoin('centre', 'centre.id', 'room.centre_id')
		.select(['room.id', 'room.centre_id', 'room.name_texts', 'centre.name_texts as centre_texts'])
		.where('room.section_id', '=', ctx.scope.sectionId)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('room.centre_id', 'in', ctx.scope.centreIds!)
		)
		.execute();
	const { compare } = collatorIn(locale);
	return rows
		.map((row) => ({
			id: row.id,
			name: textIn(row.name_texts, locale),
			centreId: row.centre_id,
			centre: textIn(row.centre_texts, locale)
		}))
		.sort((a, b) => compare(a.centre, b.centre) || compare(a.name, b.name));
}

/** Holidays of the country and closures of the centres within reach, both dates included, by date. */
export async function listClosedDays(
	ctx: Context,
	{ from, to }: { from: string; to: string },
	locale: Locale
): Promise<ClosedDay[]> {
	const rows = await ctx.db
		.selectFrom('closed_day')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('on_date', '>=', from)
		.where('on_date', '<=', to)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where((eb) =>
				eb.or([eb('centre_id', 'is', null), eb('centre_id', 'in', ctx.scope.centreIds!)])
			)
		)
		.orderBy('on_date')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		centreId: row.centre_id,
		date: row.on_date,
		name: textIn(row.name_texts, locale),
		certainty: row.certainty,
		source: row.source
	}));
}

/** The last year of which a public holiday of the country is known; null where none is. */
export async function lastHolidayYear(ctx: Context): Promise<number | null> {
	const row = await ctx.db
		.selectFrom('closed_day')
		.select((eb) => eb.fn.max('on_date').as('last'))
		.where('section_id', '=', ctx.scope.sectionId)
		.where('centre_id', 'is', null)
		.executeTakeFirst();
	return row?.last ? Number(row.last.slice(0, 4)) : null;
}

/** The section of the asker: its zone and the weekday its week starts on. */
export async function getSection(
	ctx: Context,
	locale: Locale
): Promise<{
	id: string;
	name: string;
	country: string;
	zone: string;
	weekStartsOn: number;
	/** Languages it works in, its own first. */
	languages: Locale[];
	/** ISO weekdays on which a new centre is closed. */
	closedWeekdays: number[];
	isExample: boolean;
}> {
	const row = await ctx.db
		.selectFrom('section')
		.selectAll()
		.where('id', '=', ctx.scope.sectionId)
		.executeTakeFirstOrThrow();
	return {
		id: row.id,
		name: textIn(row.name_texts, locale),
		country: row.country,
		zone: row.zone,
		weekStartsOn: row.week_starts_on,
		languages: row.languages.split(',').filter(isLocale),
		closedWeekdays: weekdaysFrom(row.closed_weekdays),
		isExample: row.is_example === 1
	};
}

function centresInScope(ctx: Context) {
	return ctx.db
		.selectFrom('centre')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.$if(ctx.scope.centreIds !== null, (query) => query.where('id', 'in', ctx.scope.centreIds!));
}

function asCentre(row: Row<'centre'>, locale: Locale): Centre {
	return {
		id: row.id,
		name: textIn(row.name_texts, locale),
		zone: row.zone,
		closedWeekdays: weekdaysFrom(row.closed_weekdays),
		opensAt: row.opens_at,
		closesAt: row.closes_at
	};
}

function asRoom(row: Row<'room'>, locale: Locale): Room {
	return { id: row.id, name: textIn(row.name_texts, locale), capacity: row.capacity };
}
