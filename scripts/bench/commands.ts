import { recordRegister } from '../../src/lib/features/attendance/commands.server.ts';
import { listRegister } from '../../src/lib/features/attendance/queries.server.ts';
import {
	CAST,
	COHORTS,
	facilitatorsAt,
	OPEN_CODE,
	roomId,
	VERSIONS
} from '../../src/lib/features/example/cast.ts';
import {
	findOpenSession,
	giveAnswer,
	newBallotId
} from '../../src/lib/features/feedback/answering.commands.server.ts';
import type { OpenSession } from '../../src/lib/features/feedback/types.ts';
import { planCycle } from '../../src/lib/features/sessions/commands.server.ts';
import { findSession } from '../../src/lib/features/sessions/queries.server.ts';
import { scopeOf } from '../../src/lib/platform/access/actor.ts';
import { addDays } from '../../src/lib/platform/clock/days.ts';
import type { Context } from '../../src/lib/platform/command/context.ts';
import type { KeyRing } from '../../src/lib/platform/crypto/keyring.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { newId } from '../../src/lib/platform/ids/ids.ts';
import { findActor } from '../../src/lib/platform/login/sessions.ts';
import { NOW, TODAY } from './example.ts';
import type { Measured } from './table.ts';

/** Long enough for one planned cycle to be over before the next begins. */
const DAYS_APART = 63;
const locale = 'en';

/** Runs each command once a round beside a transaction that changes one row and nothing else. */
export async function measureCommands(db: Db, ring: KeyRing, rounds: number): Promise<Measured[]> {
	const ctx = await contextOf(db, ring);
	const sessionId = await todaysSession(db);
	const openSession = (await findOpenSession(ctx, OPEN_CODE))!;
	const work: [string, (round: number) => Promise<{ ok: boolean }>][] = [
		['bare commit', () => commitOnce(db)],
		['planCycle', (round) => planOnce(ctx, round)],
		['recordRegister', () => recordOnce(ctx, sessionId)],
		['a child’s answer', () => answerOnce(ctx, openSession)]
	];
	const measured = work.map(([name]): Measured => ({ name, ms: [] }));
	for (let round = 0; round <= rounds; round++)
		for (const [i, [name, run]] of work.entries()) {
			const startedAt = performance.now();
			const { ok } = await run(round);
			if (!ok) throw new Error(`${name} was refused in round ${round}`);
			if (round > 0) measured[i]!.ms.push(performance.now() - startedAt);
		}
	return measured;
}

async function contextOf(db: Db, ring: KeyRing): Promise<Context> {
	const actor = (await findActor(db, ring, CAST.facilitator.id))!;
	return { db, ring, actor, scope: scopeOf(actor, 'take registers')!, now: Date.parse(NOW) };
}

async function todaysSession(db: Db): Promise<string> {
	const { id } = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', TODAY)
		.executeTakeFirstOrThrow();
	return id;
}

async function commitOnce(db: Db): Promise<{ ok: boolean }> {
	await db.transaction().execute((trx) =>
		trx
			.updateTable('account')
			.set((eb) => ({ created_at: eb('created_at', '+', 1) }))
			.where('id', '=', CAST.facilitator.id)
			.execute()
	);
	return { ok: true };
}

/** Twelve sessions with two adults, each time some weeks after the last. */
function planOnce(ctx: Context, round: number) {
	const wish = {
		cohort: COHORTS.butterflies,
		version: VERSIONS.incredibleMe,
		weekday: ['3' as const, '5' as const],
		time: '16:30',
		room: roomId(1, 1),
		with: facilitatorsAt(1)
			.slice(0, 2)
			.map(({ id }) => id),
		from: addDays(TODAY, 1 + round * DAYS_APART),
		...{ project: [], move: [], mothersWith: [] }
	};
	return planCycle(ctx, wish, { once: newId(), locale });
}

/** The same register again as a correction: everybody was there. What it asks before is a part of it, as for a page. */
async function recordOnce(ctx: Context, sessionId: string) {
	const session = (await findSession(ctx, sessionId, locale))!;
	const register = await listRegister(ctx, session, locale);
	const mark = Object.fromEntries(register.map(({ personId }) => [personId, 'present' as const]));
	return recordRegister(
		ctx,
		{ sessionId, version: session.version, headcount: register.length, mark },
		{ once: newId(), locale }
	);
}

/** The first answer of a ballot: the one that also counts it as begun. */
async function answerOnce(ctx: Context, session: OpenSession) {
	await giveAnswer(ctx, session, newBallotId(), { item: 'again', given: { answer: 'yes' } });
	return { ok: true };
}
