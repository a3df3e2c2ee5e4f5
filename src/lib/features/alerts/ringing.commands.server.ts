import { randomUUID } from 'node:crypto';
import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import { TOLERANCE_MS } from '#lib/platform/clock/watch.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import type { AlertChannel } from '#lib/platform/db/vocabularies.ts';
import { rung, type Clock } from './clock.rules.ts';
import { recipientsOf } from './ladder.rules.ts';
import { listNamed, listRan, listRanThere, listStaff } from './recipients.queries.server.ts';
import { readWaiting } from './subjects.queries.server.ts';
import type { Recipient, Waiting } from './types.ts';

/** Clocks that are looked at in one transaction. */
const MOST_AT_ONCE = 100;

type ClockRow = Row<'alert_clock'>;
interface Due {
	row: ClockRow;
	after: Clock;
	waiting: Waiting;
}

/** Clocks a step of which is due; what lies further ahead than it began was written before a clock was set back. */
export function dueClocks(db: Db, now: number) {
	return db
		.selectFrom('alert_clock')
		.selectAll()
		.where((eb) => eb.or([eb('ring_at', '<=', now), eb('started_at', '>', now + TOLERANCE_MS)]));
}

/**
 * Puts into the outbox what is to be told of everything that has waited long enough, by the channels there are; ends
 * when nothing is due, or soon after `stop`. A clock that ends meanwhile tells nothing, and nobody is told a second
 * time: who was told of it in this round stands in the outbox. `clock` in UTC milliseconds.
 */
export async function ringClocks(
	{ db, clock, channels }: { db: Db; clock: () => number; channels: readonly AlertChannel[] },
	stop: AbortSignal
): Promise<void> {
	while (!stop.aborted) {
		const now = clock();
		const rows = await dueClocks(db, now).limit(MOST_AT_ONCE).execute();
		if (rows.length === 0) return;
		await db.transaction().execute(async (trx) => {
			const due = await findDue(trx, rows, now);
			const turned = await turnOn(trx, due);
			await insertAlerts(trx, turned, { channels, now });
		});
	}
}

/** The clocks with what they wait for; one whose subject is gone ends. */
async function findDue(db: Db, rows: readonly ClockRow[], now: number): Promise<Due[]> {
	const due: Due[] = [];
	for (const [subject, ofIt] of Map.groupBy(rows, (row) => row.subject)) {
		const ids = ofIt.map(({ subject_id }) => subject_id);
		const known = await readWaiting(db, subject, ids);
		const gone = ids.filter((id) => !known.has(id));
		if (gone.length > 0)
			await db
				.deleteFrom('alert_clock')
				.where('subject', '=', subject)
				.where('subject_id', 'in', gone)
				.execute();
		for (const row of ofIt) {
			const waiting = known.get(row.subject_id);
			if (waiting) due.push({ row, waiting, after: rung(clockOf(row), now) });
		}
	}
	return due;
}

function clockOf(row: ClockRow): Clock {
	return {
		...{ plan: row.plan, startedAt: row.started_at },
		...{ stepCount: row.step_count, ringAt: row.ring_at }
	};
}

/** Sets the clocks to their next step; answers those that still ran, as they were read. */
async function turnOn(db: Db, due: readonly Due[]): Promise<Due[]> {
	const alike = Map.groupBy(due, ({ row, after }) =>
		JSON.stringify([row.subject, row.round, row.step_count, after])
	);
	const turned: Due[] = [];
	for (const ofOne of alike.values()) {
		const { row, after } = ofOne[0]!;
		const still = await db
			.updateTable('alert_clock')
			.set({ started_at: after.startedAt, step_count: after.stepCount, ring_at: after.ringAt })
			.where('subject', '=', row.subject)
			.where(
				'subject_id',
				'in',
				ofOne.map((one) => one.row.subject_id)
			)
			.where('round', '=', row.round)
			.where('step_count', '=', row.step_count)
			.returning('subject_id')
			.execute();
		const ids = new Set(still.map(({ subject_id }) => subject_id));
		turned.push(...ofOne.filter((one) => ids.has(one.row.subject_id)));
	}
	return turned;
}

async function insertAlerts(
	db: Db,
	due: readonly Due[],
	{ channels, now }: { channels: readonly AlertChannel[]; now: number }
): Promise<void> {
	if (due.length === 0 || channels.length === 0) return;
	const sectionIds = await listSending(db, [...new Set(due.map(({ row }) => row.section_id))]);
	if (sectionIds.length === 0) return;
	const staff = await listStaff(db, sectionIds);
	const named = await listNamed(db, sectionIds);
	const ran = await listRan(
		db,
		[...new Set(due.flatMap(({ waiting }) => waiting.sessionId ?? []))],
		staff.map(({ id }) => id)
	);
	const ranThere = await listRanThere(
		db,
		due.filter(({ waiting }) => waiting.isAboutStaff).map(({ row }) => row.subject_id),
		staff.map(({ id }) => id)
	);
	const alerts = due
		.filter(({ row }) => sectionIds.includes(row.section_id))
		.flatMap(({ row, after, waiting }) => {
			const inSection = (one: { sectionId: string }) => one.sectionId === row.section_id;
			const people = {
				staff: staff.filter(inSection),
				named: named.filter(inSection),
				ran: new Set([
					...(ran.get(waiting.sessionId ?? '') ?? []),
					...(ranThere.get(row.subject_id) ?? [])
				])
			};
			return recipientsOf(waiting, people, after.stepCount).flatMap((recipient) =>
				channelsFor(recipient, channels).map((channel) =>
					alertRow(row, recipient, { channel, now })
				)
			);
		});
	const told = await readTold(db, due);
	const untold = alerts.filter((alert) => !told.has(toldKey(alert)));
	await inBatches(untold, (part) =>
		db
			.insertInto('alert')
			.values(part)
			.onConflict((conflict) => conflict.doNothing())
			.execute()
	);
}

type Told = Pick<Row<'alert'>, 'subject' | 'subject_id' | 'round' | 'recipient_id' | 'channel'>;

/** Who was told already of what these clocks run for, at whatever step: naming moves people from one to another. */
async function readTold(db: Db, due: readonly Due[]): Promise<ReadonlySet<string>> {
	const told = new Set<string>();
	for (const [subject, ofIt] of Map.groupBy(due, ({ row }) => row.subject)) {
		const rows = await db
			.selectFrom('alert')
			.select(['subject', 'subject_id', 'round', 'recipient_id', 'channel'])
			.where('subject', '=', subject)
			.where(
				'subject_id',
				'in',
				ofIt.map(({ row }) => row.subject_id)
			)
			.execute();
		for (const row of rows) told.add(toldKey(row));
	}
	return told;
}

function toldKey({ subject, subject_id, round, recipient_id, channel }: Told): string {
	return [subject, subject_id, round, recipient_id, channel].join('|');
}

/** Of the ways there are, those by which somebody is told. */
export function channelsFor(
	{ channel: only }: Recipient,
	channels: readonly AlertChannel[]
): readonly AlertChannel[] {
	return only === null ? channels : channels.filter((channel) => channel === only);
}

/** Of these sections those that send anything: nothing leaves the example, whose administrator anybody is. */
async function listSending(db: Db, sectionIds: readonly string[]): Promise<string[]> {
	const rows = await db
		.selectFrom('section')
		.select('id')
		.where('id', 'in', sectionIds)
		.where('is_example', '=', 0)
		.execute();
	return rows.map(({ id }) => id);
}

/** An alert as it goes into the outbox. Neither its id nor a time in it tells to the minute when a child asked. */
export function alertRow(
	about: Pick<ClockRow, 'subject' | 'subject_id' | 'section_id' | 'round'>,
	{ step, accountId, responderId }: Recipient,
	{ channel, now }: { channel: AlertChannel; now: number }
): NewRow<'alert'> & { id: string } {
	return {
		...{ id: randomUUID(), section_id: about.section_id },
		...{ subject: about.subject, subject_id: about.subject_id, round: about.round },
		...{ step, recipient_id: accountId ?? responderId!, channel },
		...{ account_id: accountId, responder_id: responderId },
		...{ due_at: toFiveMinutes(now), next_try_at: toFiveMinutes(now) }
	};
}
