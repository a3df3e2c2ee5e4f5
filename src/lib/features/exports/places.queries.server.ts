import { m } from '#lib/paraglide/messages.js';
import {
	getCentreDefaults,
	listCentres,
	listCentreSheets,
	listClosedDays
} from '#lib/features/centres/queries.server.ts';
import { placeName } from '#lib/features/centres/words.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { formatWeekday } from '#lib/platform/i18n/format.ts';
import { date, number, text, type Reader } from './columns.rules.ts';

/** Tables of where and what: centres, rooms, closed days, curricula. */

export const centres: Reader = async (ctx, { locale }) => {
	const { country } = await getCentreDefaults(ctx);
	return {
		columns: [
			text(m.word_centre()),
			text(m.exports_place()),
			text(m.exports_governorate_code()),
			text(m.exports_district_code()),
			text(m.exports_opens()),
			text(m.exports_closes()),
			text(m.centre_closed_weekdays()),
			text(m.exports_centre_number())
		],
		rows: (await listCentreSheets(ctx, locale)).map((centre) => [
			centre.name,
			placeName(country, centre.place, locale),
			centre.place.adm1,
			centre.place.adm2,
			centre.opensAt,
			centre.closesAt,
			centre.closedWeekdays.map((day) => formatWeekday(day, locale)).join(' · '),
			centre.id
		])
	};
};

export const rooms: Reader = async (ctx, { locale }) => ({
	columns: [text(m.word_centre()), text(m.word_room()), number(m.room_capacity())],
	rows: (await listCentreSheets(ctx, locale)).flatMap((centre) =>
		centre.rooms.map(({ name, capacity }) => [centre.name, name, capacity])
	)
});

export const closedDays: Reader = async (ctx, { locale, from, to }) => {
	const names = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	return {
		columns: [
			date(m.closed_date()),
			text(m.closed_name()),
			text(m.closed_where()),
			text(m.closed_certainty())
		],
		rows: (await listClosedDays(ctx, { from, to }, locale)).map((day) => [
			day.date,
			day.name,
			day.centreId === null ? m.exports_everywhere() : (names.get(day.centreId) ?? null),
			day.certainty === 'confirmed' ? m.closed_confirmed() : m.closed_expected()
		])
	};
};

export const curricula: Reader = async (ctx, { locale }) => ({
	columns: [
		text(m.word_curriculum()),
		number(m.exports_version()),
		date(m.exports_published()),
		text(m.exports_audience()),
		number(m.exports_position()),
		text(m.exports_module()),
		text(m.voices_col_session()),
		number(m.exports_minutes())
	],
	rows: (await listCurrentVersions(ctx, locale)).flatMap((version) =>
		version.plans.map((plan) => [
			version.name,
			version.number,
			version.publishedOn,
			audienceWord(version.audience),
			plan.position,
			plan.module,
			plan.title,
			plan.minutes
		])
	)
});
