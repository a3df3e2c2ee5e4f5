import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { up } from '../../migrations/0012_coarse.ts';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addSession, NOW } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';

const STEP = 5 * 60_000;
/** Within the second step after `NOW`. */
const FINE = NOW + STEP + 123_456;
const AUDITED = ['concern', 'session'];
const COMMANDS = ['take concern', 'close concern', 'open feedback'];

it('rounds the times of wishes to talk that are there already, and nothing else', async () => {
	const fresh = await freshDatabase();
	const { db } = fresh;
	const here = await aSetting(fresh);
	const section_id = here.sectionId;
	const session_id = await addSession(fresh, await aCycle(fresh, here), { date: '2026-05-01' });
	const concern = { section_id, session_id, nickname_sealed: null };
	const taken = { taken_by: here.rana.id, taken_at: FINE + STEP, closed_at: FINE + 2 * STEP };
	const talked = { ...taken, outcome: 'talked' as const };
	const untaken = { taken_by: null, taken_at: null, closed_at: null };
	await db
		.insertInto('concern')
		.values([
			{ ...concern, ...talked, id: randomUUID(), noticed_at: FINE, raised_at: FINE },
			{ ...concern, ...untaken, id: randomUUID(), noticed_at: NOW, raised_at: NOW }
		])
		.execute();
	await db
		.insertInto('audit')
		.values(
			AUDITED.map((object_type) => ({
				...{ at: FINE, section_id, actor_kind: 'staff' as const, actor_id: here.rana.id },
				...{ action: 'look', object_type, object_id: session_id, field_names: '' }
			}))
		)
		.execute();
	await db
		.insertInto('once')
		.values(
			COMMANDS.map((command) => ({
				...{ actor_kind: 'staff' as const, actor_id: here.rana.id, key: randomUUID() },
				...{ command, input_mac: '', outcome: '{}', at: FINE }
			}))
		)
		.execute();

	await up(db as never);

	const concerns = await db.selectFrom('concern').selectAll().orderBy('raised_at').execute();
	expect(concerns.map((one) => [one.raised_at, one.taken_at, one.closed_at])).toEqual([
		[NOW, null, null],
		[NOW + STEP, NOW + 2 * STEP, NOW + 3 * STEP]
	]);
	const audit = await db.selectFrom('audit').select(['object_type', 'at']).execute();
	expect(new Map(audit.map((one) => [one.object_type, one.at]))).toEqual(
		new Map([
			['concern', NOW + STEP],
			['session', FINE]
		])
	);
	const once = await db.selectFrom('once').select(['command', 'at']).execute();
	expect(new Map(once.map((one) => [one.command, one.at]))).toEqual(
		new Map([
			['take concern', NOW + STEP],
			['close concern', NOW + STEP],
			['open feedback', FINE]
		])
	);
});
