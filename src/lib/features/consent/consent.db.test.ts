import { beforeEach, describe, expect, it } from 'vitest';
import { enrol } from '#lib/features/cohorts/commands.server.ts';
import { enrolKnown } from '#lib/features/cohorts/membership.commands.server.ts';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { takeApart } from '#lib/features/merging/parting.commands.server.ts';
import { addGuardian, removeGuardian } from '#lib/features/people/guardian.commands.server.ts';
import { takeOutPerson } from '#lib/features/people/commands.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addCohort,
	addMember,
	addPerson,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { noteAlone, recordSaying, withdraw } from './commands.server.ts';
import { listGivers, listHistory } from './history.queries.server.ts';
import { recordPapers } from './paper.commands.server.ts';
import { findBar, getTerms, listStandings, tallyTakingPart } from './queries.server.ts';
import { setTerms } from './terms.commands.server.ts';
import { publishText } from './texts.commands.server.ts';
import { listTexts } from './texts.queries.server.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;
/** A child of Rana's cohort, and her mother among the contacts. */
let girl: string;
let mother: string;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	girl = await addMember(fresh, here, 'Nour');
	mother = await addContact(girl, 'mother');
});

function as(account: Account, now = NOW) {
	return contextOf(fresh, account, now);
}

async function addContact(personId: string, relation: 'mother' | 'father' | 'other') {
	const typed = { personId, name: 'Fatima', relation, contactWay: 'call' as const };
	const outcome = await addGuardian(as(here.coordinator), typed as never, newId());
	return `contact.${(outcome as { done: { id: string } }).done.id}`;
}

type Said = Partial<Parameters<typeof recordSaying>[1]>;

async function say(who: string, said: 'yes' | 'no', more: Said = {}, by = here.rana) {
	const personId = more.personId ?? girl;
	const seen = more.seen ?? (await standing(personId)).sayings.length;
	const outcome = await recordSaying(
		as(by),
		{ personId, seen, who, purpose: ['photo'], said, on: TODAY, language: 'en', ...more },
		{ once: newId(), today: TODAY }
	);
	return outcome.ok ? outcome.done.count : outcome.refusal.reason;
}

async function take(who: string, by = here.rana, personId = girl) {
	const input = { personId, who, purpose: 'photo' as const };
	const outcome = await withdraw(as(by), input, { once: newId(), today: TODAY });
	return outcome.ok ? 'done' : outcome.refusal.reason;
}

async function papers(given: Partial<Parameters<typeof recordPapers>[1]>, by = here.rana) {
	const outcome = await recordPapers(
		as(by),
		{ purpose: 'photo', on: TODAY, language: 'en', self: {}, guardian: {}, who: {}, ...given },
		{ once: newId(), today: TODAY }
	);
	return outcome.ok ? outcome.done.count : outcome.refusal;
}

async function standing(personId = girl) {
	const ctx = as(here.coordinator);
	const terms = await getTerms(ctx);
	return (await listStandings(ctx, [personId], { today: TODAY, terms })).get(personId)!;
}

const photo = async (personId = girl) => (await standing(personId)).standings.photo;

async function block(onMissing: 'block' | 'warn' = 'block') {
	const terms = {
		version: 0,
		purposes: ['take_part' as const, 'photo' as const],
		onMissing,
		validMonths: 12
	};
	return setTerms(as(here.manager), terms, newId());
}

function rows() {
	return fresh.db.selectFrom('consent').selectAll().orderBy('purpose').orderBy('nth').execute();
}

describe('what somebody said', () => {
	it('is written down once for each purpose, sealed, with its text, and never changed', async () => {
		const purpose = ['take_part' as const, 'photo' as const];
		expect(await say('self', 'yes', { purpose, explained: 'Rana K', interpreter: 'Sona' })).toBe(2);
		const first = await rows();
		expect(await say(mother, 'yes', { purpose })).toBe(2);
		expect(await photo()).toEqual({ state: 'given', reasons: [] });
		expect(await take('self')).toBe('done');
		expect(await photo()).toEqual({ state: 'refused', reasons: ['self_no'] });
		const after = await rows();
		expect(after.filter(({ id }) => first.some((one) => one.id === id))).toEqual(first);
		expect(after.map(({ said, nth, giver }) => `${giver} ${said} ${nth}`).sort()).toEqual([
			...['contact yes 1', 'contact yes 1', 'self withdrawn 2', 'self yes 1', 'self yes 1']
		]);
		const givers = await listGivers(as(here.rana), await standing());
		const [latest, ...earlier] = await listHistory(as(here.rana), girl, givers);
		expect(latest).toMatchObject({
			said: 'withdrawn',
			purpose: 'photo',
			text: null,
			recordedBy: 'Rana'
		});
		expect(earlier).toContainEqual(
			expect.objectContaining({
				explained: 'Rana K',
				interpreter: 'Sona',
				text: { language: 'en', number: 1, reader: 'child' }
			})
		);
		expect(earlier).toContainEqual(
			expect.objectContaining({ giverName: 'Fatima', relation: 'mother' })
		);
		expect(JSON.stringify(after)).not.toMatch(/Rana K|Sona|Fatima/);
		const audit = await fresh.db
			.selectFrom('audit')
			.selectAll()
			.where('action', 'like', '%consent%')
			.execute();
		expect(JSON.stringify(audit)).not.toMatch(/yes|withdrawn/);
	});

	it('is refused of days to come, of who is not listed or may not consent, and of an adult’s guardian', async () => {
		expect(await say('self', 'yes', { on: '2026-05-02' })).toBe('in_future');
		expect(await say(`contact.${newId()}`, 'yes')).toBe('giver_unknown');
		expect(await say(await addContact(girl, 'other'), 'yes')).toBe('may_not');
		const woman = await addMember(fresh, here, 'Huda');
		await fresh.db
			.updateTable('person')
			.set({ birth_year: 1990 })
			.where('id', '=', woman)
			.execute();
		expect(await say('unnamed', 'yes', { personId: woman })).toBe('not_asked');
		expect(await say('self', 'yes', { personId: woman })).toBe(1);
		expect((await photo(woman))!.state).toBe('given');
	});

	it('is refused when something was written down since, so that a withdrawal is never overtaken unseen', async () => {
		await say('self', 'yes');
		const seen = (await standing()).sayings.length;
		await take('self');
		expect(await say('self', 'yes', { seen })).toBe('changed_meanwhile');
		expect((await photo())!.state).toBe('refused');
	});

	it('is one row for two who write the same at once, and a withdrawal that gets through', async () => {
		const both = await Promise.all([
			say('self', 'yes', { seen: 0 }),
			say('self', 'yes', { seen: 0 }, here.karim)
		]);
		expect(both.sort()).toEqual([1, 'changed_meanwhile']);
		const [taken] = await Promise.all([take('self'), say('self', 'no', { seen: 1 }, here.karim)]);
		expect(['done', 'nothing_given']).toContain(taken);
		expect((await photo())!.state).toBe('refused');
	});

	it('can be taken back once, by whoever gave it', async () => {
		await say(mother, 'yes');
		expect(await take('self')).toBe('nothing_given');
		expect(await take(mother)).toBe('done');
		expect(await take(mother)).toBe('nothing_given');
	});

	it('is written and taken back for people within reach alone', async () => {
		const there = await aSetting(fresh, { sectionId: here.sectionId });
		const abroad = await aSetting(fresh);
		const stranger = await addMember(fresh, there, 'Jad');
		for (const by of [here.rana, here.coordinator]) {
			expect(await say('self', 'yes', { personId: stranger }, by)).toBe('not_found');
			expect(await papers({ self: { [stranger]: 'yes', [girl]: 'yes' } }, by)).toEqual({
				reason: 'not_found'
			});
		}
		await say('self', 'yes');
		for (const by of [there.rana, there.coordinator, abroad.coordinator]) {
			expect(await take('self', by)).toBe('not_found');
			const person = await standing();
			expect(await listHistory(as(by), girl, await listGivers(as(here.rana), person))).toEqual([]);
		}
		expect((await rows()).length).toBe(1);
	});
});

describe('guardians', () => {
	it('keep their no when they are taken off the list', async () => {
		await say('self', 'yes');
		await say(mother, 'no');
		const guardianId = mother.split('.')[1]!;
		await removeGuardian(as(here.coordinator), { personId: girl, guardianId }, newId());
		expect(await photo()).toEqual({ state: 'refused', reasons: ['former_no'] });
	});

	it('are one where a contact is in the register too', async () => {
		const woman = await addPerson(fresh, here, 'Fatima');
		await fresh.db
			.updateTable('person')
			.set({ birth_year: 1990 })
			.where('id', '=', woman)
			.execute();
		const care = {
			child_id: girl,
			caregiver_id: woman,
			section_id: here.sectionId,
			relation: 'mother' as const
		};
		await fresh.db.insertInto('caregiver').values(care).execute();
		await say('self', 'yes');
		await say(`person.${woman}`, 'no', { on: '2026-04-30' }, here.coordinator);
		await fresh.db.updateTable('guardian').set({ linked_person_id: woman }).execute();
		expect((await standing()).adults).toHaveLength(1);
		expect((await photo())!.reasons).toEqual(['guardian_no']);
		expect(await say(mother, 'yes')).toBe(1);
		expect((await photo())!.state).toBe('given');
	});

	it('of a child without family are legal ones alone', async () => {
		await say('self', 'yes');
		await say(mother, 'yes');
		const note = (alone: 'yes' | 'no') =>
			noteAlone(as(here.rana), { personId: girl, alone }, { once: newId(), today: TODAY });
		expect((await note('yes')).ok && (await note('yes')).ok).toBe(true);
		expect((await photo())!.reasons).toEqual(['guardian_missing']);
		expect(await say(mother, 'yes')).toBe('may_not');
		expect(await say('unnamed', 'yes')).toBe('may_not');
		await note('no');
		expect((await photo())!.state).toBe('given');
	});
});

describe('papers of a cohort', () => {
	it('are entered at once, and all or none', async () => {
		const boy = await addMember(fresh, here, 'Jad');
		const self = { [girl]: 'yes', [boy]: 'no' } as const;
		expect(
			await papers({ self, guardian: { [girl]: 'yes', [boy]: '' }, who: { [girl]: mother } })
		).toBe(3);
		expect((await photo())!.state).toBe('given');
		expect((await photo(boy))!.reasons).toEqual(['self_no', 'guardian_missing']);
		expect(await papers({ self: { [girl]: '' } })).toEqual({ reason: 'nothing_typed' });
	});

	it('never turn a no into a yes, also one that was said while they were typed', async () => {
		const boy = await addMember(fresh, here, 'Jad');
		await say('self', 'yes');
		await take('self');
		expect(await papers({ self: { [girl]: 'yes', [boy]: 'yes' } })).toEqual({
			reason: 'said_no',
			fields: [{ personId: girl, signature: 'self' }]
		});
		expect((await photo(boy))!.reasons).toContain('self_missing');
	});

	it('are not taken from who may not sign', async () => {
		const neighbour = await addContact(girl, 'other');
		expect(await papers({ guardian: { [girl]: 'yes' }, who: { [girl]: neighbour } })).toMatchObject(
			{
				reason: 'may_not'
			}
		);
	});
});

describe('the texts', () => {
	it('follow each other, and a paper has the one that was in force that day', async () => {
		const of = { purpose: 'photo', reader: 'child', language: 'en' } as const;
		const publish = (number: number, body: string, today: string) =>
			publishText(as(here.manager), { ...of, number, body }, { once: newId(), today });
		expect(await publish(1, 'May we take a photo?', '2026-04-01')).toMatchObject({
			done: { number: 2 }
		});
		expect(await publish(1, 'Another', '2026-04-01')).toMatchObject({
			refusal: { reason: 'changed_meanwhile', number: 2 }
		});
		expect(await publish(2, 'May we take a photo?', '2026-04-02')).toMatchObject({
			refusal: { reason: 'nothing_changed' }
		});
		await say('self', 'yes', { on: '2026-03-31' });
		await say('self', 'yes', { on: '2026-04-01' });
		const history = await listHistory(as(here.rana), girl, []);
		expect(history.map(({ text }) => text?.number)).toEqual([2, 1]);
		const texts = await listTexts(as(here.manager), ['en'], { purpose: 'photo', reader: 'child' });
		expect(texts.map(({ number }) => number)).toEqual([2, 1]);
	});
});

describe('taking part', () => {
	it('is counted for a plan and a register, and no no is enrolled', async () => {
		const boy = await addMember(fresh, here, 'Jad');
		await say('self', 'no', { personId: boy, purpose: ['take_part'] });
		expect(await tallyTakingPart(as(here.rana), [girl, boy], TODAY)).toEqual({
			given: 0,
			missing: 1,
			refused: 1
		});
		const cohortId = await addCohort(fresh, here, { facilitators: [here.rana] });
		const join = async (personId: string) => {
			const outcome = await enrolKnown(
				as(here.coordinator),
				{ cohortId, personId, why: 'sibling' },
				{ once: newId(), today: TODAY }
			);
			return outcome.ok ? 'enrolled' : outcome.refusal.reason;
		};
		expect(await join(boy)).toBe('consent_refused');
		expect(await join(girl)).toBe('enrolled');
	});

	it('waits for an agreement where the section says so, of who is known and who is new', async () => {
		await block();
		expect(await block()).toMatchObject({ refusal: { reason: 'changed_meanwhile', version: 1 } });
		const ctx = as(here.coordinator);
		expect(await findBar(ctx, girl, TODAY)).toBe('missing');
		const typed = {
			cohortId: here.cohortId,
			name: 'Lea',
			sex: 'f',
			birthYear: 2015,
			why: 'sibling'
		} as const;
		const enrolled = await enrol(ctx, typed as never, { once: newId(), today: TODAY });
		expect(enrolled).toMatchObject({ refusal: { reason: 'consent_first' } });
		await say('self', 'yes', { purpose: ['take_part'] });
		await say(mother, 'yes', { purpose: ['take_part'] });
		expect(await findBar(ctx, girl, TODAY)).toBeNull();
	});
});

describe('two who are one', () => {
	it('have what was said about both, the later day counting, and part with their own', async () => {
		const again = await addMember(fresh, here, 'Noor');
		await say('self', 'yes', { on: '2026-04-01' });
		await say('unnamed', 'yes', { on: '2026-04-01' });
		await say('self', 'no', { personId: again, on: '2026-04-20' });
		await noteAlone(
			as(here.rana),
			{ personId: again, alone: 'yes' },
			{ once: newId(), today: TODAY }
		);
		const before = await rows();
		const merged = await mergePeople(
			as(here.coordinator),
			{ keptId: girl, mergedId: again },
			newId()
		);
		const { mergeId } = (merged as { done: { mergeId: string } }).done;
		expect((await standing()).isAlone).toBe(true);
		expect((await photo())!.reasons).toContain('self_no');
		expect((await rows()).filter(({ person_id }) => person_id === girl)).toHaveLength(3);
		const apart = await takeApart(as(here.coordinator), { keptId: girl, mergeId }, newId());
		expect(apart.ok).toBe(true);
		expect(await rows()).toEqual(before);
		expect([(await standing()).isAlone, (await standing(again)).isAlone]).toEqual([false, true]);
	});

	it('are not parted once somebody took back what would stand again', async () => {
		const again = await addMember(fresh, here, 'Noor');
		await say('self', 'yes', { personId: again });
		const merged = await mergePeople(
			as(here.coordinator),
			{ keptId: girl, mergedId: again },
			newId()
		);
		const { mergeId } = (merged as { done: { mergeId: string } }).done;
		await take('self');
		const apart = await takeApart(as(here.coordinator), { keptId: girl, mergeId }, newId());
		expect(apart).toMatchObject({ refusal: { reason: 'changed_since' } });
	});
});

it('holds a person: who said something is not taken out as added by mistake', async () => {
	const ctx = as(here.coordinator);
	const other = await addPerson(fresh, here, 'Lea');
	expect(await takeOutPerson(ctx, other)).toBe(true);
	const kept = await addMember(fresh, here, 'Jad');
	await fresh.db.deleteFrom('cohort_member').where('person_id', '=', kept).execute();
	await say('self', 'yes', { personId: kept }, here.coordinator);
	expect(await takeOutPerson(ctx, kept)).toBe(false);
});

it('lets no paper that was typed at the same moment outlive a withdrawal', async () => {
	await say('self', 'yes', { on: '2026-04-01' });
	await Promise.all([take('self'), papers({ self: { [girl]: 'yes' } }, here.karim)]);
	expect((await photo())!.reasons).toContain('self_no');
});
