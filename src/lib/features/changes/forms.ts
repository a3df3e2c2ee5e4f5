import { z } from 'zod';
import { CHANGE_REASONS } from '#lib/platform/db/vocabularies.ts';
import { date, id, line, time, whole } from '#lib/platform/forms/fields.ts';

/** More sessions than this are changed in several steps. */
export const MOST_CHANGED = 400;

/** A session as it was seen: `ID.VERSION`. Whoever changed it meanwhile is not overwritten. */
const seen = z
	.string()
	.max(80, 'choose')
	.regex(/^[0-9a-z-]+\.\d{1,9}$/, 'choose')
	.transform((text) => {
		const [id = '', version] = text.split('.');
		return { id, version: Number(version) };
	});

/** How a session is named in a form with the version that was seen of it. */
export function seenText({ id, version }: { id: string; version: number }): string {
	return `${id}.${version}`;
}

const sessions = z.array(seen).min(1, 'choose').max(MOST_CHANGED, 'too_long');
const why = {
	reason: z.enum(CHANGE_REASONS, { error: 'choose' }),
	note: line(200).optional()
};

/** What becomes of one session and of others with it: they move by as much as it does. */
export const moveForm = z.strictObject({
	session: sessions,
	/** Version of the session the date and time were typed for. */
	version: whole(1, 999_999_999),
	date: date(),
	time: time(),
	minutes: whole(5, 720),
	/** A room of the centre, `elsewhere` or `online`; `same`: where each is now. */
	place: id(),
	where: line(80).optional(),
	leaves: id().optional(),
	comes: id().optional(),
	...why,
	/** Its warnings are meant. */
	anyway: z.enum(['yes'], { error: 'choose' }).optional()
});

/** What the form of a move says besides is left alone. */
export const cancelForm = z.strictObject({ session: sessions, ...why });

/** The families of these sessions know, or the reader of a notice does. */
export const toldForm = z.strictObject({
	session: z.array(id()).min(1, 'choose').max(MOST_CHANGED)
});
export const noticeForm = z.strictObject({ change: id() });

/** What is wished of every session of a centre, or of one of its rooms, between two dates. */
export const closingForm = z.strictObject({
	centre: id(),
	from: date(),
	to: date(),
	room: id().optional(),
	/** Of the sessions as they were shown. */
	seen: line(64),
	/** These take place all the same. */
	keep: z.array(id()).max(MOST_CHANGED, 'too_long'),
	what: z.enum(['cancel', 'move', 'elsewhere'], { error: 'choose' }),
	days: whole(-60, 180).optional(),
	where: line(80).optional(),
	...why,
	anyway: z.enum(['yes'], { error: 'choose' }).optional()
});

/** Which sessions the page of a closing shows. */
export const closingQuery = z.strictObject({
	centre: id(),
	from: date(),
	to: date(),
	room: id().optional()
});
