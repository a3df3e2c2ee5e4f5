import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { addGuardian } from '#lib/features/people/guardian.commands.server.ts';
import { searchPeople } from '#lib/features/people/search.queries.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addCohort,
	addPerson,
	addSession,
	addTarget,
	contextOf,
	join,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import { mergePeople } from './commands.server.ts';
import { takeApart } from './parting.commands.server.ts';
import { listMergesInto } from './queries.server.ts';
import { MARKS } from '#lib/features/attendance/rules.ts';

let fresh: FreshDatabase;
let here: Setting;
/** Three held sessions of the setting's cohort, and three people of its centre. */
let sessions: string[];
let people: [string, string, string];
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	const cycle = await aCycle(fresh, here);
	sessions = [];
	for (const date of ['2026-04-07', '2026-04-09', '2026-04-14'])
		sessions.push(await addSession(fresh, cycle, { date, status: 'held' }));
	people = [
		await addPerson(fresh, here),
		await addPerson(fresh, here),
		await addPerson(fresh, here)
	];
});

const as = (account: Account, now = NOW) => contextOf(fresh, account, now);

async function mark(person_id: string, session: number, code: (typeof MARKS)[number]) {
	await fresh.db
		.insertInto('mark')
		.values({ session_id: sessions[session]!, person_id, section_id: here.sectionId, code })
		.execute();
}

/** Writes that one is responsible for the other, once. */
async function care(child_id: string, caregiver_id: string) {
	await fresh.db
		.insertInto('caregiver')
		.values({ child_id, caregiver_id, section_id: here.sectionId, relation: 'mother' })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Makes somebody known the contact of another. */
async function contact(personId: string, linked_person_id: string) {
	const adult = { name: 'Adult', relation: 'mother', contactWay: 'visit' } as const;
	const added = await addGuardian(as(here.coordinator), { ...adult, personId }, newId());
	await fresh.db
		.updateTable('guardian')
		.set({ linked_person_id })
		.where('id', '=', added.ok ? added.done.id : '')
		.execute();
}

async function caresOf(personId: string): Promise<string[]> {
	const rows = await fresh.db.selectFrom('caregiver').selectAll().execute();
	return rows
		.filter(({ child_id, caregiver_id }) => [child_id, caregiver_id].includes(personId))
		.map(({ child_id, caregiver_id }) => `${child_id} ${caregiver_id}`)
		.sort();
}

async function merge(keptId: string, mergedId: string, by = here.coordinator, now = NOW) {
	const outcome = await mergePeople(as(by, now), { keptId, mergedId }, newId());
	return outcome.ok ? outcome.done.mergeId : outcome.refusal.reason;
}

async function apart(keptId: string, mergeId: string, by = here.coordinator) {
	const outcome = await takeApart(as(by), { keptId, mergeId }, newId());
	return outcome.ok ? 'parted' : outcome.refusal.reason;
}

/** Every row but the records of doing. */
async function contents(): Promise<string[]> {
	const tables = (await fresh.db.introspection.getTables()).map(({ name }) => name).sort();
	const rows: string[] = [];
	const records = [
		'audit',
		'once',
		'person_merge',
		'reached_centre',
		'reached_target',
		'count_lock'
	];
	for (const table of tables.filter((name) => !records.includes(name)))
		for (const row of await fresh.db
			.selectFrom(table as 'mark')
			.selectAll()
			.execute())
			rows.push(`${table} ${JSON.stringify(row)}`);
	return rows.sort();
}

const marksOf = async (personId: string) =>
	(
		await fresh.db
			.selectFrom('mark')
			.select(['session_id', 'code'])
			.where('person_id', '=', personId)
			.execute()
	)
		.sort((a, b) => sessions.indexOf(a.session_id) - sessions.indexOf(b.session_id))
		.map(({ code }) => code);
const placesTaken = async () =>
	(
		await fresh.db
			.selectFrom('cohort')
			.select('member_count')
			.where('id', '=', here.cohortId)
			.executeTakeFirstOrThrow()
	).member_count;

it('makes one person of two, who is counted once', async () => {
	const [kept, merged] = people;
	await fillNameKeys(fresh.db, fresh.ring);
	for (const personId of [kept, merged]) await join(fresh, { ...here, personId });
	await mark(kept, 0, 'present');
	await mark(merged, 0, 'late');
	await mark(kept, 1, 'absent');
	await mark(merged, 1, 'late');
	await mark(merged, 2, 'absent');
	await addTarget(fresh, { section_id: here.sectionId });
	const reached = async () => {
		const [target] = await listTargetReach(as(here.manager), { today: '2026-05-01' }, 'en');
		return [target!.peopleCount, target!.participationCount, target!.mergedCount];
	};
	expect(await reached()).toEqual([2, 3, 0]);
	await merge(kept, merged);
	expect(await marksOf(kept)).toEqual(['present', 'late', 'absent']);
	expect(await marksOf(merged)).toEqual([]);
	expect(await placesTaken()).toBe(1);
	expect(await reached()).toEqual([1, 2, 1]);
	expect(await searchPeople(as(here.coordinator), 'Nour', 'en')).toHaveLength(2);
	expect(await listMergesInto(as(here.coordinator), kept)).toMatchObject([{ name: 'Nour' }]);
});

it('gives back exactly what was, whatever the two had (law)', async () => {
	const [kept, merged] = people;
	const other = await addCohort(fresh, here);
	const code = fc.option(fc.constantFrom(...MARKS), { nil: null });
	const day = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01');
	const member = fc.option(fc.record({ joinedOn: day, leftOn: fc.option(day, { nil: null }) }), {
		nil: null
	});
	const one = fc.record({
		marks: fc.array(code, { minLength: 3, maxLength: 3 }),
		members: fc.array(member, { minLength: 2, maxLength: 2 }),
		guardians: fc.nat({ max: 2 }),
		/** Whom they care for, who cares for them, and whether they are somebody's contact: of a few others. */
		caresFor: fc.uniqueArray(fc.nat({ max: 2 })),
		caredBy: fc.uniqueArray(fc.nat({ max: 2 })),
		isContact: fc.boolean()
	});
	const others = [people[2], await addPerson(fresh, here)];
	await fc.assert(
		fc.asyncProperty(one, one, async (a, b) => {
			for (const table of ['mark', 'cohort_member', 'guardian', 'caregiver'] as const)
				await fresh.db.deleteFrom(table).execute();
			await fresh.db.updateTable('cohort').set({ member_count: 0 }).execute();
			for (const [personId, had] of [
				[kept, a],
				[merged, b]
			] as const) {
				for (const [at, code] of had.marks.entries()) if (code) await mark(personId, at, code);
				for (const [at, spell] of had.members.entries())
					if (spell) {
						const cohortId = [here.cohortId, other][at]!;
						await join(fresh, { ...here, cohortId, personId, ...spell });
					}
				for (let n = 0; n < had.guardians; n += 1)
					await addGuardian(
						as(here.coordinator),
						{ personId, name: `Adult ${n}`, relation: 'mother', contactWay: 'visit' },
						newId()
					);
				const near = [...others, personId === kept ? merged : kept] as const;
				for (const at of had.caresFor) await care(near[at]!, personId);
				for (const at of had.caredBy) await care(personId, near[at]!);
				if (had.isContact) await contact(others[0]!, personId);
			}
			const before = await contents();
			const mergeId = await merge(kept, merged);
			expect(await marksOf(merged)).toEqual([]);
			expect(await caresOf(merged)).toEqual([]);
			expect(await caresOf(kept)).not.toContain(`${kept} ${kept}`);
			expect(await apart(kept, mergeId)).toBe('parted');
			expect(await contents()).toEqual(before);
		}),
		{ numRuns: 15 }
	);
});

it('hands over who cares for whom and whose contact they are, and leaves out what was ended since', async () => {
	const [kept, merged, child] = people;
	await care(child, merged);
	await care(merged, kept);
	await contact(child, merged);
	const mergeId = await merge(kept, merged);
	expect(await caresOf(kept)).toEqual([`${child} ${kept}`]);
	const linked = await fresh.db.selectFrom('guardian').select('linked_person_id').execute();
	expect(linked).toEqual([{ linked_person_id: kept }]);
	await fresh.db.deleteFrom('caregiver').where('child_id', '=', child).execute();
	expect(await apart(kept, mergeId)).toBe('parted');
	expect(await caresOf(merged)).toEqual([`${merged} ${kept}`]);
});

it('takes a chain apart from its end', async () => {
	const [a, b, c] = people;
	for (const [at, personId] of people.entries()) await mark(personId, at, 'present');
	const before = await contents();
	const inB = await merge(b, a);
	const inC = await merge(c, b);
	expect(await marksOf(c)).toHaveLength(3);
	expect(await apart(b, inB)).toBe('not_found');
	expect(await apart(c, inC)).toBe('parted');
	expect(await apart(b, inB)).toBe('parted');
	expect(await contents()).toEqual(before);
});

it('takes only the latest of two merges apart', async () => {
	const [kept, one, two] = people;
	const first = await merge(kept, one);
	const second = await merge(kept, two, here.coordinator, NOW + 1);
	expect(await apart(kept, first)).toBe('later_merge');
	expect(await apart(kept, second)).toBe('parted');
	expect(await apart(kept, second)).toBe('not_found');
	expect(await apart(kept, first)).toBe('parted');
});

it('stays together where a mark was changed since or a place is gone', async () => {
	const [kept, merged] = people;
	for (const personId of [kept, merged]) await join(fresh, { ...here, personId });
	await mark(merged, 0, 'present');
	const mergeId = await merge(kept, merged);
	await fresh.db.updateTable('mark').set({ code: 'absent' }).execute();
	const before = await contents();
	expect(await apart(kept, mergeId)).toBe('changed_since');
	await fresh.db.updateTable('mark').set({ code: 'present' }).execute();
	await fresh.db.updateTable('cohort').set({ member_count: 30 }).execute();
	expect(await apart(kept, mergeId)).toBe('cohort_full');
	await fresh.db.updateTable('cohort').set({ member_count: 1 }).execute();
	await fresh.db.updateTable('mark').set({ code: 'absent' }).execute();
	expect(await contents()).toEqual(before);
});

it('merges nobody out of reach, nobody with themselves, nobody twice', async () => {
	const [kept, merged] = people;
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	const abroad = await aSetting(fresh);
	for (const stranger of [next.coordinator, abroad.coordinator, abroad.manager])
		expect(await merge(kept, merged, stranger)).toBe('not_found');
	expect(await merge(kept, kept)).toBe('not_found');
	const mergeId = await merge(kept, merged);
	expect(await merge(kept, merged)).toBe('not_found');
	expect(await merge(merged, kept)).toBe('not_found');
	expect(await apart(kept, mergeId, next.coordinator)).toBe('not_found');
});
