/** Plans that changed after they were confirmed: a session moved for exams, and a week cancelled for a storm. */
import { seal } from '../../platform/crypto/sealed.ts';
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { addDays, weekdayOf } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { CAST, centreId, COHORTS, SECTIONS } from './cast.ts';
import { ZONE } from './centres.ts';
import type { LaidOut } from './cycles.ts';
import { exampleId } from './invent.ts';

export interface Changes {
	plan_change: NewRow<'plan_change'>[];
	changed_session: NewRow<'changed_session'>[];
	change_notice: NewRow<'change_notice'>[];
}

type Session = NewRow<'session'>;

/** The centre whose week is cancelled: none of its cycles is linked to a milestone. */
const STORM_CENTRE = 12;

/** Changes some sessions of those laid out, and writes down what they were. */
export function changePlans(
	laidOut: LaidOut,
	closedDays: NewRow<'closed_day'>[],
	ring: KeyRing,
	today: string
): Changes {
	const changes: Changes = { plan_change: [], changed_session: [], change_notice: [] };
	const later = laidOut.sessions.filter(
		({ status, on_date }) => status === 'planned' && on_date > addDays(today, 7)
	);
	const exam = later.find(({ cohort_id }) => cohort_id === COHORTS.cedars);
	const storm = later.filter(({ centre_id }) => centre_id === centreId(STORM_CENTRE)).slice(0, 2);
	if (exam) moveForExams(changes, laidOut, exam, { ring, today, closedDays });
	if (storm.length > 0) cancelForStorm(changes, laidOut, storm, { ring, today, closedDays });
	return changes;
}

interface Frame {
	ring: KeyRing;
	today: string;
	closedDays: NewRow<'closed_day'>[];
}

function moveForExams(changes: Changes, laidOut: LaidOut, session: Session, frame: Frame) {
	const before = { ...session };
	const own = laidOut.slots.filter(({ session_id }) => session_id === session.id);
	const held = new Set(
		laidOut.slots.map(({ resource, on_date, slot }) => `${resource} ${on_date} ${slot}`)
	);
	const isFree = (date: string) =>
		weekdayOf(date) < 6 &&
		frame.closedDays.every(({ on_date }) => on_date !== date) &&
		own.every(({ resource, slot }) => !held.has(`${resource} ${date} ${slot}`));
	const date = [1, 2, 3, 4, 5, 6].map((days) => addDays(before.on_date, days)).find(isFree);
	if (!date) return;
	session.on_date = date;
	session.version = 2;
	for (const slot of own) slot.on_date = date;
	write(changes, laidOut, [[before, session]], {
		...frame,
		change: {
			kind: 'moved',
			reason: 'school',
			centre_id: session.centre_id,
			note: 'امتحانات في الدوامين في ذلك اليوم.'
		},
		seen: true
	});
}

function cancelForStorm(changes: Changes, laidOut: LaidOut, sessions: Session[], frame: Frame) {
	const pairs = sessions.map((session): [Session, Session] => {
		const before = { ...session };
		Object.assign(session, { status: 'cancelled', version: 2 });
		return [before, session];
	});
	const ids = sessions.map(({ id }) => id);
	laidOut.slots = laidOut.slots.filter(({ session_id }) => !ids.includes(session_id));
	write(changes, laidOut, pairs, {
		...frame,
		change: {
			kind: 'cancelled',
			reason: 'weather',
			centre_id: sessions[0]!.centre_id,
			note: 'The road is under snow.'
		},
		seen: false
	});
}

function write(
	changes: Changes,
	{ facilitators }: LaidOut,
	pairs: [before: Session, after: Session][],
	{
		ring,
		today,
		change: { note, ...change },
		seen
	}: Frame & {
		change: Pick<NewRow<'plan_change'>, 'kind' | 'reason' | 'centre_id'> & { note: string };
		seen: boolean;
	}
) {
	const id = exampleId(`change ${change.reason}`);
	const section_id = SECTIONS.lebanon;
	const ids = (session: Session) =>
		facilitators
			.filter(({ session_id }) => session_id === session.id)
			.map(({ account_id }) => account_id)
			.sort();
	const staff = new Set(pairs.flatMap(([, after]) => ids(after)));
	// at the centre the cast's coordinator works at it is hers, elsewhere of one who runs them
	const madeBy = seen ? CAST.coordinator.id : [...staff][0]!;
	const made_at = instantOf(addDays(today, -1), '09:30', ZONE);
	changes.plan_change.push({
		id,
		section_id,
		...change,
		note_sealed: seal(ring, { table: 'plan_change', column: 'note_sealed', row: id }, note),
		made_by: madeBy,
		made_at,
		undo_id: exampleId(`undo of change ${change.reason}`),
		undone_at: null
	});
	for (const [before, after] of pairs) {
		changes.changed_session.push({
			change_id: id,
			session_id: after.id,
			section_id,
			status_before: 'planned',
			date_before: before.on_date,
			time_before: before.start_time,
			minutes_before: before.minutes,
			room_before: before.room_id,
			mode_before: 'centre',
			place_before_texts: null,
			staff_before: ids(after).join(','),
			date_after: after.on_date,
			time_after: after.start_time,
			minutes_after: after.minutes,
			room_after: after.room_id,
			mode_after: 'centre',
			place_after_texts: null,
			staff_after: ids(after).join(','),
			version_after: after.version,
			told_at: null,
			stayed: null
		});
	}
	staff.delete(madeBy);
	for (const account_id of staff)
		changes.change_notice.push({
			change_id: id,
			account_id,
			section_id,
			seen_at: seen ? made_at + 60 * 60_000 : null
		});
}
