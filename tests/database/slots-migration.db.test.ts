import { expect, it } from 'vitest';
import { insertSlots } from '#lib/features/sessions/slots.commands.server.ts';
import { loadExample } from '#lib/features/example/example.server.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addCohort, addSession, contextOf } from '#tests/factories/rows.ts';
import { up } from '../../migrations/0028_slots.ts';

const slotsIn = async ({ db }: Awaited<ReturnType<typeof freshDatabase>>) => {
	const rows = await db
		.selectFrom('slot')
		.selectAll()
		.orderBy('resource')
		.orderBy('on_date')
		.orderBy('slot')
		.execute();
	return rows.map(({ resource, on_date, slot }) => `${resource} ${on_date} ${slot}`);
};

it('gives free what a closed cohort planned, and takes the hours after midnight nobody has', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const closed = await addCohort(fresh, here, { status: 'closed' });
	const cycle = await aCycle(fresh, here);
	const gone = await addSession(fresh, await aCycle(fresh, here, closed), { date: '2026-05-05' });
	const night = await addSession(fresh, cycle, { date: '2026-12-31', time: '23:45' });
	const day = await addSession(fresh, cycle, { date: '2027-01-01', time: '00:30' });
	const at = (session_id: string, resource: string, on_date: string, slot: number) => ({
		...{ session_id, resource, on_date, slot }
	});
	await insertSlots(contextOf(fresh, here.rana), [
		at(gone, 'room:a', '2026-05-05', 180),
		...[285, 286, 287].flatMap((slot) => [
			at(night, 'room:a', '2026-12-31', slot),
			at(night, 'staff:b', '2026-12-31', slot)
		]),
		at(day, 'staff:b', '2027-01-01', 6)
	]);
	await up(fresh.db as never);
	const nights = (resource: string, slots: number[]) =>
		slots.map((slot) => `${resource} 2027-01-01 ${slot}`);
	const last = (resource: string) =>
		[285, 286, 287].map((slot) => `${resource} 2026-12-31 ${slot}`);
	const early = Array.from({ length: 9 }, (_, i) => i);
	expect(await slotsIn(fresh)).toEqual([
		...last('room:a'),
		...nights('room:a', early),
		...last('staff:b'),
		...nights('staff:b', early)
	]);
	const { session_id } = await fresh.db
		.selectFrom('slot')
		.select('session_id')
		.where('resource', '=', 'staff:b')
		.where('on_date', '=', '2027-01-01')
		.where('slot', '=', 6)
		.executeTakeFirstOrThrow();
	expect(session_id, 'who had it first keeps it').toBe(day);
});

it('leaves the example as it is: none of its cohorts is closed with a session to come', async () => {
	const fresh = await freshDatabase();
	await loadExample(fresh.db, fresh.ring, { today: '2026-05-05', passwordHash: 'x' });
	const before = await slotsIn(fresh);
	expect(before.length).toBeGreaterThan(0);
	await up(fresh.db as never);
	expect(await slotsIn(fresh)).toEqual(before);
});
