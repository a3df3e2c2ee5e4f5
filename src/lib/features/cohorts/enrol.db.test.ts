import { beforeEach, expect, it } from 'vitest';
import { openName } from '#lib/features/people/queries.server.ts';
import { ageOn, kindsOf } from '#lib/features/people/rules.ts';
import { listPeople } from '#lib/features/people/search.queries.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addCohort, contextOf, type Account } from '#tests/factories/rows.ts';
import { enrol } from './commands.server.ts';
import { listMembers } from './queries.server.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

async function enrolAs(
	account: Account,
	given: {
		cohortId?: string;
		name?: string;
		birthYear?: number;
		once?: string;
		anyway?: 'yes';
		why?: 'sibling';
	} = {}
) {
	const outcome = await enrol(
		contextOf(fresh, account),
		{
			cohortId: given.cohortId ?? here.cohortId,
			name: given.name ?? 'Nour',
			birthYear: given.birthYear ?? 2016,
			sex: 'f',
			anyway: given.anyway,
			why: given.why
		},
		{ once: given.once ?? newId(), today: TODAY }
	);
	return outcome.ok ? 'enrolled' : outcome.refusal.reason;
}

async function people() {
	return fresh.db.selectFrom('person').selectAll().execute();
}

async function memberCount(cohortId: string) {
	const cohort = await fresh.db
		.selectFrom('cohort')
		.select('member_count')
		.where('id', '=', cohortId)
		.executeTakeFirstOrThrow();
	return cohort.member_count;
}

it('adds a person of the centre, name sealed, as a member from today on', async () => {
	expect(await enrolAs(here.rana)).toBe('enrolled');
	const [person] = await people();
	expect(person).toMatchObject({
		section_id: here.sectionId,
		centre_id: here.centreId,
		kind: 'child',
		sex: 'f',
		birth_year: 2016
	});
	expect(String(person!.name_sealed)).not.toContain('Nour');
	expect(openName(fresh.ring, person!.id, person!.name_sealed)).toBe('Nour');
	const member = await fresh.db.selectFrom('cohort_member').selectAll().executeTakeFirst();
	expect(member).toMatchObject({ person_id: person!.id, joined_on: TODAY, left_on: null });
	expect(await memberCount(here.cohortId)).toBe(1);
	const audit = await fresh.db.selectFrom('audit').selectAll().execute();
	expect(audit).toHaveLength(1);
	expect(audit[0]).toMatchObject({ action: 'enrol', object_id: person!.id });
	expect(JSON.stringify(audit)).not.toMatch(/Nour|2016/);
});

it('asks before a man of 36 joins a group of children, and adds him if that is meant', async () => {
	await fresh.db.updateTable('cohort').set({ age_from: 8, age_to: 11 }).execute();
	expect(await enrolAs(here.rana, { birthYear: 1990 })).toBe('other_age');
	expect(await people()).toEqual([]);
	expect(await enrolAs(here.rana, { birthYear: 1990, why: 'sibling' })).toBe('enrolled');
	expect(await enrolAs(here.rana, { name: 'Rami', birthYear: 2016 })).toBe('enrolled');
});

it('makes nobody a caregiver because of the group: a girl of a mothers’ cohort is a child, her mother an adult', async () => {
	const cohortId = await addCohort(fresh, here, {
		audience: 'caregivers',
		facilitators: [here.rana]
	});
	await enrolAs(here.rana, { cohortId, name: 'Nour', birthYear: 2014, why: 'sibling' });
	await enrolAs(here.rana, { cohortId, name: 'Hala', birthYear: 1988, why: 'sibling' });
	const { people } = await listPeople(contextOf(fresh, here.coordinator), { page: 1 }, 'en');
	expect(people!.map((one) => [one.name, ...kindsOf({ ...one, age: ageOn(one, TODAY) })])).toEqual([
		['Hala', 'adult'],
		['Nour', 'child']
	]);
});

it('takes those of a staff cohort for staff', async () => {
	const cohortId = await addCohort(fresh, here, {
		audience: 'staff',
		facilitators: [here.rana]
	});
	await enrolAs(here.rana, { cohortId, birthYear: 1990, why: 'sibling' });
	expect((await people()).map(({ kind }) => kind)).toEqual(['staff']);
});

it('gives the last three places to three of forty who ask at the same moment', async () => {
	const cohortId = await addCohort(fresh, here, {
		capacity: 12,
		member_count: 9,
		facilitators: [here.rana]
	});
	const outcomes = await Promise.all(
		Array.from({ length: 40 }, (_, i) =>
			enrolAs(i % 2 ? here.rana : here.coordinator, { cohortId, name: `Child ${i}` })
		)
	);
	expect(outcomes.filter((outcome) => outcome === 'enrolled')).toHaveLength(3);
	expect(outcomes.filter((outcome) => outcome === 'cohort_full')).toHaveLength(37);
	expect(await memberCount(cohortId)).toBe(12);
	expect(await people()).toHaveLength(3);
	const ctx = contextOf(fresh, here.rana);
	expect(await listMembers(ctx, { cohortId, date: TODAY }, 'en')).toHaveLength(3);
});

it('adds one person when the form arrives twice, also at the same moment', async () => {
	const once = newId();
	await Promise.all([enrolAs(here.rana, { once }), enrolAs(here.rana, { once })]);
	expect(await enrolAs(here.rana, { once })).toBe('enrolled');
	expect(await people()).toHaveLength(1);
	expect(await memberCount(here.cohortId)).toBe(1);
});

it('refuses a key that was used for somebody else', async () => {
	const once = newId();
	await enrolAs(here.rana, { once });
	expect(await enrolAs(here.rana, { once, name: 'Rami' })).toBe('key_reused');
	expect(await people()).toHaveLength(1);
});

it('adds nobody to a full or closed cohort, nor with a year of birth to come', async () => {
	const full = await addCohort(fresh, here, {
		capacity: 1,
		member_count: 1,
		facilitators: [here.rana]
	});
	const closed = await addCohort(fresh, here, { status: 'closed', facilitators: [here.rana] });
	expect(await enrolAs(here.rana, { cohortId: full })).toBe('cohort_full');
	expect(await enrolAs(here.rana, { cohortId: closed })).toBe('cohort_closed');
	expect(await enrolAs(here.rana, { birthYear: 2027 })).toBe('year_ahead');
	expect(await people()).toEqual([]);
	expect(await memberCount(here.cohortId)).toBe(0);
	expect(await enrolAs(here.rana, { birthYear: 2026, why: 'sibling' })).toBe('enrolled');
});

it('knows no cohort of a colleague, another centre or another section', async () => {
	const colleagues = await addCohort(fresh, here, { facilitators: [here.karim] });
	const near = await aSetting(fresh, { sectionId: here.sectionId });
	const far = await aSetting(fresh);
	expect(await enrolAs(here.rana, { cohortId: colleagues })).toBe('not_found');
	expect(await enrolAs(near.coordinator)).toBe('not_found');
	expect(await enrolAs(far.coordinator)).toBe('not_found');
	expect(await enrolAs(here.coordinator, { cohortId: colleagues })).toBe('enrolled');
});

it('asks before somebody alike among one’s own people is added again', async () => {
	expect(await enrolAs(here.rana)).toBe('enrolled');
	expect(await enrolAs(here.rana, { name: 'نور', birthYear: 2015, why: 'sibling' })).toBe(
		'may_be_known'
	);
	expect(await people()).toHaveLength(1);
	expect(await memberCount(here.cohortId)).toBe(1);
	expect(await enrolAs(here.rana, { name: 'نور', anyway: 'yes' })).toBe('enrolled');
	const next = await aSetting(fresh, { sectionId: here.sectionId });
	expect(await enrolAs(next.rana, { cohortId: next.cohortId })).toBe('enrolled');
});
