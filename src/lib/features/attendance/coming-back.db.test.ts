import { expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addPerson, addSession, contextOf, join } from '#tests/factories/rows.ts';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { takeApart } from '#lib/features/merging/parting.commands.server.ts';
import { listRegister, listTakingPart } from './queries.server.ts';

it('who left and came back is in a register once, in none between, and counts each mark once', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const ctx = contextOf(fresh, here.coordinator);
	const cycle = await aCycle(fresh, here);
	const personId = await addPerson(fresh, here);
	await join(fresh, { ...here, personId, joinedOn: '2026-01-01', leftOn: '2026-02-01' });
	await join(fresh, { ...here, personId, joinedOn: '2026-03-01' });
	const named: number[] = [];
	for (const date of ['2026-01-15', '2026-02-15', '2026-03-15']) {
		const id = await addSession(fresh, cycle, { date, status: 'held' });
		named.push((await listRegister(ctx, { id, cohortId: here.cohortId, date }, 'en')).length);
		if (date !== '2026-02-15')
			await fresh.db
				.insertInto('mark')
				.values({
					...{ session_id: id, person_id: personId, section_id: here.sectionId },
					code: 'present'
				})
				.execute();
	}
	expect(named).toEqual([1, 0, 1]);
	expect(await listTakingPart(ctx, personId, 'en')).toMatchObject([
		{ joinedOn: '2026-01-01', leftOn: null, registerCount: 2, presentCount: 2 }
	]);
});

it('merging keeps every time of both, and taking apart gives each their own back', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const ctx = contextOf(fresh, here.coordinator);
	const [keptId, mergedId] = [await addPerson(fresh, here), await addPerson(fresh, here)];
	await join(fresh, { ...here, personId: keptId, joinedOn: '2026-01-01', leftOn: '2026-02-01' });
	await join(fresh, { ...here, personId: mergedId, joinedOn: '2026-01-20', leftOn: '2026-03-01' });
	await join(fresh, { ...here, personId: mergedId, joinedOn: '2026-04-01' });
	const times = () =>
		fresh.db
			.selectFrom('cohort_member')
			.select(['person_id', 'joined_on', 'left_on'])
			.orderBy('joined_on')
			.execute();
	const before = await times();
	const merged = await mergePeople(ctx, { keptId, mergedId }, newId());
	expect(await times()).toEqual([
		{ person_id: keptId, joined_on: '2026-01-01', left_on: '2026-03-01' },
		{ person_id: keptId, joined_on: '2026-04-01', left_on: null }
	]);
	const mergeId = merged.ok ? merged.done.mergeId : '';
	expect((await takeApart(ctx, { keptId, mergeId }, newId())).ok).toBe(true);
	expect(await times()).toEqual(before);
});

it('takes apart a merge from before somebody could come back', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const ctx = contextOf(fresh, here.coordinator);
	const [keptId, mergedId] = [await addPerson(fresh, here), await addPerson(fresh, here)];
	const time = { cohort_id: here.cohortId, section_id: here.sectionId };
	const kept = { ...time, person_id: keptId, joined_on: '2026-01-01', left_on: '2026-02-01' };
	const merged = { ...time, person_id: mergedId, joined_on: '2026-04-01', left_on: null };
	const made = await mergePeople(ctx, { keptId, mergedId }, newId());
	const merge_id = made.ok ? made.done.mergeId : '';
	await fresh.db
		.insertInto('cohort_member')
		.values({ ...kept, left_on: null })
		.execute();
	await fresh.db
		.insertInto('person_merge_row')
		.values({
			...{ merge_id, kind: 'member', row_id: here.cohortId, section_id: here.sectionId },
			...{ kept_before: JSON.stringify(kept), merged_before: JSON.stringify(merged) }
		})
		.execute();
	expect((await takeApart(ctx, { keptId, mergeId: merge_id }, newId())).ok).toBe(true);
	const rows = await fresh.db
		.selectFrom('cohort_member')
		.selectAll()
		.orderBy('joined_on')
		.execute();
	const unsaid = { strand: '', joined_why: null, left_why: null };
	expect(rows).toEqual([
		{ ...kept, ...unsaid },
		{ ...merged, ...unsaid }
	]);
});
