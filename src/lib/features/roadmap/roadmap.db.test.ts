import { beforeEach, describe, expect, it } from 'vitest';
import { listCycles } from '#lib/features/sessions/queries.server.ts';
import type { SessionStatus } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { asNetwork } from '#tests/factories/network.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addActivity,
	addCohort,
	addLink,
	addMilestone,
	addPartner,
	addRoadmap,
	addSession,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { closeMilestone, linkCycle, reopenMilestone, unlinkCycle } from './commands.server.ts';
import { findRoadmap, listMilestoneNames, listRoadmaps } from './queries.server.ts';
import { findReceipt } from './receipt.queries.server.ts';
import { percentOf } from './rules.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;
let there: Setting;
let roadmapId: string;
let outcomeId: string;
let milestone: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	there = await aSetting(fresh, { sectionId: here.sectionId });
	({ roadmapId, outcomeId } = await addRoadmap(fresh, { section_id: here.sectionId }));
	milestone = await aMilestone();
});

function aMilestone(given: Partial<Parameters<typeof addMilestone>[1]> = {}): Promise<string> {
	return addMilestone(fresh, { section_id: here.sectionId, outcome_id: outcomeId, ...given });
}

/** A cycle with sessions of these statuses on these dates, not linked to anything. */
async function cycleOf(
	setting: Setting,
	sessions: [date: string, status: SessionStatus][]
): Promise<string> {
	const cycle = await aCycle(fresh, setting);
	for (const [date, status] of sessions) await addSession(fresh, cycle, { date, status });
	return cycle.cycleId;
}

/** Two held, one missing, one today, one later, one cancelled. */
function mixedCycle(setting: Setting): Promise<string> {
	return cycleOf(setting, [
		['2026-04-07', 'held'],
		['2026-04-14', 'held'],
		['2026-04-21', 'planned'],
		['2026-04-28', 'cancelled'],
		[TODAY, 'planned'],
		['2026-05-12', 'planned']
	]);
}

const as = (account: Account = here.manager) => contextOf(fresh, account);
const once = () => ({ once: newId(), locale: 'en' as const });
const link = (cycle: string, account?: Account, id = milestone) =>
	linkCycle(as(account), { milestoneId: id, cycle }, once());
const unlink = (cycle: string, account?: Account) =>
	unlinkCycle(as(account), { milestoneId: milestone, cycle }, once());
const receipt = async (account?: Account, id = milestone) => findReceipt(as(account), id, 'en');

const PROOF = { reached: '2026-04-30', evidence: 'Signed by all', confirmed: 'The board' };
const close = async (given: Partial<typeof PROOF & { version: number }> = {}, account?: Account) =>
	closeMilestone(
		as(account),
		{ milestoneId: milestone, ...PROOF, version: await versionNow(), ...given },
		once()
	);
const reopen = async (version?: number, account?: Account) =>
	reopenMilestone(
		as(account),
		{ milestoneId: milestone, version: version ?? (await versionNow()) },
		once()
	);
const refused = (reason: string) => ({ ok: false, refusal: { reason } });

async function rowOf(id = milestone) {
	return fresh.db
		.selectFrom('milestone')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
}

async function versionNow(): Promise<number> {
	return (await rowOf()).version;
}

async function links(): Promise<string[]> {
	const rows = await fresh.db.selectFrom('milestone_cycle').select('cycle_id').execute();
	return rows.map(({ cycle_id }) => cycle_id);
}

async function audited(): Promise<string[]> {
	const rows = await fresh.db.selectFrom('audit').select('action').orderBy('seq').execute();
	return rows.map(({ action }) => action);
}

describe('a linked cycle', () => {
	it('counts with all its sessions, cancelled ones apart', async () => {
		expect(percentOf((await receipt())!.tally)).toBe(null);
		expect(await link(await mixedCycle(here))).toMatchObject({ ok: true });
		const seen = (await receipt())!;
		expect(seen.tally).toEqual({
			heldCount: 2,
			missingCount: 1,
			comingCount: 2,
			cancelledCount: 1,
			forecastOn: '2026-05-12'
		});
		expect(percentOf(seen.tally)).toBe(40);
		expect(seen.state).toBe('at_risk');
	});

	it('passes the link on to sessions that are planned, held or cancelled later', async () => {
		const cycle = await aCycle(fresh, here);
		await link(cycle.cycleId);
		const session = await addSession(fresh, cycle, { date: '2026-04-07' });
		expect((await receipt())!.tally).toMatchObject({ missingCount: 1, heldCount: 0 });
		const set = (status: SessionStatus) =>
			fresh.db
				.updateTable('session')
				.set({ status, recorded_by: here.rana.id, recorded_at: NOW })
				.where('id', '=', session)
				.execute();
		await set('held');
		expect(percentOf((await receipt())!.tally)).toBe(100);
		await set('cancelled');
		expect(percentOf((await receipt())!.tally)).toBe(null);
	});

	it('counts two halves of a position once: held when both are settled and one was held', async () => {
		const cycle = await aCycle(fresh, here);
		await link(cycle.cycleId);
		const girls = await addSession(fresh, cycle, { date: '2026-04-07', status: 'held' });
		const mothers = await addSession(fresh, cycle, { date: '2026-04-08' });
		await addSession(fresh, cycle, { date: '2026-04-14', status: 'held' });
		for (const [id, strand] of [
			[girls, 'girls'],
			[mothers, 'mothers']
		] as const)
			await fresh.db
				.updateTable('session')
				.set({ strand, position: 1 })
				.where('id', '=', id)
				.execute();
		const seen = (await receipt())!;
		expect(seen.tally).toMatchObject({ heldCount: 1, missingCount: 1 });
		expect(seen.thread.map(({ status }) => status)).toEqual(['planned', 'held']);
		expect(seen.sessions).toHaveLength(3);
		await fresh.db
			.updateTable('session')
			.set({ status: 'cancelled' })
			.where('id', '=', mothers)
			.execute();
		expect((await receipt())!.tally).toMatchObject({ heldCount: 2, cancelledCount: 0 });
	});

	it('may serve two milestones, and each milestone several cycles', async () => {
		const other = await aMilestone();
		const [first, second] = [await mixedCycle(here), await mixedCycle(there)];
		await link(first);
		await link(second);
		await link(first, undefined, other);
		expect((await receipt())!.tally).toMatchObject({ heldCount: 4, comingCount: 4 });
		expect((await receipt(undefined, other))!.tally).toMatchObject({ heldCount: 2 });
	});

	it('is taken out again with everything it counted', async () => {
		const [first, second] = [await mixedCycle(here), await mixedCycle(there)];
		await link(first);
		await link(second);
		expect(await unlink(first)).toMatchObject({ ok: true });
		expect(await links()).toEqual([second]);
		expect((await receipt())!.tally).toMatchObject({ heldCount: 2 });
		expect(await audited()).toEqual(['link cycle', 'link cycle', 'unlink cycle']);
	});

	it('is linked once by two people at once, and the second is told', async () => {
		const cycle = await mixedCycle(here);
		const colleague = await addAccount(fresh, { sectionId: here.sectionId, role: 'manager' });
		const answers = await Promise.all([link(cycle), link(cycle, colleague)]);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		expect(answers).toContainEqual(refused('already_linked'));
		expect(await links()).toEqual([cycle]);
		expect(await audited()).toEqual(['link cycle']);
	});

	it('sent twice with one key has one effect and the same answer', async () => {
		const cycle = await mixedCycle(here);
		const key = once();
		const send = () => linkCycle(as(), { milestoneId: milestone, cycle }, key);
		const answers = await Promise.all([send(), send(), send()]);
		expect(answers[0]).toMatchObject({ ok: true });
		expect(answers).toEqual(answers.map(() => answers[0]));
		expect(await links()).toEqual([cycle]);
	});
});

describe('a link is refused', () => {
	it('to a cycle that does not exist, or is another section’s', async () => {
		const togo = await aSetting(fresh);
		const theirs = await mixedCycle(togo);
		for (const cycle of [newId(), theirs])
			expect(await link(cycle)).toEqual(refused('unknown_cycle'));
		expect(await links()).toEqual([]);
		expect(await versionNow()).toBe(1);
	});

	it('to a milestone of another section, as if it did not exist', async () => {
		const togo = await aSetting(fresh);
		const theirs = await mixedCycle(togo);
		expect(await link(theirs, togo.manager)).toEqual(refused('not_found'));
		expect(await link(theirs, togo.manager, newId())).toEqual(refused('not_found'));
	});

	it('to a checkpoint, which counts no sessions', async () => {
		const checkpoint = await aMilestone({ kind: 'checkpoint' });
		expect(await link(await mixedCycle(here), undefined, checkpoint)).toEqual(
			refused('no_sessions')
		);
	});

	it('to a closed milestone, which loses none either', async () => {
		const [linked, other] = [await mixedCycle(here), await mixedCycle(there)];
		await link(linked);
		await close();
		expect(await link(other)).toEqual(refused('closed'));
		expect(await unlink(linked)).toEqual(refused('closed'));
		expect(await links()).toEqual([linked]);
	});

	it('to be taken away where there is none', async () => {
		expect(await unlink(await mixedCycle(here))).toEqual(refused('not_linked'));
		expect(await versionNow()).toBe(1);
	});
});

describe('closing a milestone', () => {
	it('takes date, evidence and who confirmed, and is on record', async () => {
		expect(await close()).toMatchObject({ ok: true });
		expect(await rowOf()).toMatchObject({
			reached_on: '2026-04-30',
			evidence_texts: textsJson({ en: 'Signed by all' }),
			confirmed_by: 'The board',
			closed_by: here.manager.id,
			closed_at: NOW,
			version: 2
		});
		const seen = (await receipt())!;
		expect(seen).toMatchObject({
			state: 'done',
			evidence: { text: 'Signed by all', language: 'en' },
			confirmedBy: 'The board'
		});
		expect(await audited()).toEqual(['close milestone']);
	});

	it('keeps the evidence in the language it was typed in', async () => {
		const input = { milestoneId: milestone, ...PROOF, evidence: 'وقّع الجميع', version: 1 };
		await closeMilestone(as(), input, { once: newId(), locale: 'ar' });
		expect((await receipt())!.evidence).toEqual({ text: 'وقّع الجميع', language: 'ar' });
	});

	it('is refused for a day that is still to come in the section, not for today', async () => {
		expect(await close({ reached: '2026-05-02' })).toEqual(refused('in_future'));
		expect(await close({ reached: TODAY })).toMatchObject({ ok: true });
	});

	it('is refused when it was closed meanwhile, or changed since it was opened', async () => {
		await link(await mixedCycle(here));
		expect(await close({ version: 1 })).toEqual({
			ok: false,
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
		await close();
		expect(await close()).toEqual(refused('closed'));
		expect(await audited()).toEqual(['link cycle', 'close milestone']);
	});

	it('by two at once keeps one evidence, and the other is told', async () => {
		const answers = await Promise.all([
			close({ evidence: 'First', version: 1 }),
			close({ evidence: 'Second', version: 1 })
		]);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		expect(answers).toContainEqual(refused('closed'));
	});

	it('and linking at once never leaves a closed milestone whose links nobody saw', async () => {
		for (let round = 0; round < 5; round += 1) {
			const cycle = await mixedCycle(here);
			const before = await links();
			const version = await versionNow();
			const [closed, linked] = await Promise.all([close({ version }), link(cycle)]);
			expect([closed.ok, linked.ok].filter(Boolean)).toHaveLength(1);
			if (closed.ok) {
				expect(linked).toEqual(refused('closed'));
				expect(await links()).toEqual(before);
				await reopen();
			} else expect(closed).toMatchObject({ refusal: { reason: 'changed_meanwhile' } });
		}
	});

	it('does not exist for another section', async () => {
		const togo = await aSetting(fresh);
		expect(await close({}, togo.manager)).toEqual(refused('not_found'));
		expect((await rowOf()).reached_on).toBe(null);
	});
});

describe('opening a milestone again', () => {
	it('lets it be linked again and keeps the evidence for the next closing', async () => {
		await close();
		expect(await reopen()).toMatchObject({ ok: true });
		expect(await rowOf()).toMatchObject({ reached_on: null, closed_by: null, closed_at: null });
		expect(await receipt()).toMatchObject({
			reachedOn: null,
			evidence: { text: 'Signed by all', language: 'en' },
			confirmedBy: 'The board'
		});
		expect(await link(await mixedCycle(here))).toMatchObject({ ok: true });
		expect(await audited()).toEqual(['close milestone', 'reopen milestone', 'link cycle']);
	});

	it('is refused when it is open, was changed meanwhile, or is another section’s', async () => {
		expect(await reopen()).toEqual(refused('not_closed'));
		await close();
		expect(await reopen(1)).toEqual({
			ok: false,
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
		const togo = await aSetting(fresh);
		expect(await reopen(2, togo.manager)).toEqual(refused('not_found'));
	});
});

describe('a roadmap', () => {
	it('has its milestones by due date, with partners and activities', async () => {
		const cric = await addPartner(fresh, here.sectionId, 'CRIC');
		await addPartner(fresh, here.sectionId, 'Not named here');
		const early = await aMilestone({
			kind: 'checkpoint',
			due_on: '2026-05-10',
			body_id: cric,
			from_children: 1,
			is_example: 1
		});
		await addActivity(fresh, {
			section_id: here.sectionId,
			milestone_id: early,
			body_id: cric
		});
		const seen = (await findRoadmap(as(), roadmapId, 'en'))!;
		expect(seen.today).toBe(TODAY);
		expect(seen.outcomes).toHaveLength(1);
		expect(seen.outcomes[0]!.milestones).toMatchObject([
			{
				id: early,
				partner: 'CRIC',
				fromChildren: true,
				isExample: true,
				state: 'on_time',
				activities: [{ name: 'Activity', partner: 'CRIC' }]
			},
			{ id: milestone, partner: null, fromChildren: false, state: 'not_begun', activities: [] }
		]);
		expect(seen.partners).toEqual([{ name: 'CRIC', source: null }]);
	});

	it('has milestones of kinds that are not computed yet, and of no kind it does not know', async () => {
		const funder = await addPartner(fresh, here.sectionId, 'Funder');
		await fresh.db
			.insertInto('body_kind')
			.values({ body_id: funder, kind: 'funder', section_id: here.sectionId })
			.execute();
		for (const kind of ['target', 'round', 'kits'] as const)
			await aMilestone({ kind, body_id: funder });
		const seen = (await findRoadmap(as(), roadmapId, 'en'))!;
		expect(
			seen.outcomes[0]!.milestones.map(({ kind, state }) => `${kind} ${state}`).sort()
		).toEqual(['kits on_time', 'round on_time', 'sessions not_begun', 'target on_time']);
		expect(seen.partners).toEqual([{ name: 'Funder', source: null }]);
		await aMilestone({ kind: 'festival' as never });
		await expect(findRoadmap(as(), roadmapId, 'en')).rejects.toThrow('festival');
	});

	it('says of itself in a list how its milestones stand and how many need someone', async () => {
		await aMilestone({ kind: 'checkpoint', due_on: '2026-04-01', starts_on: '2026-03-01' });
		await aMilestone({ kind: 'checkpoint', due_on: '2026-12-01' });
		const [card] = await listRoadmaps(as(), 'en');
		expect(card).toMatchObject({
			milestoneCount: 3,
			counts: { late: 1, on_time: 1, not_begun: 1, done: 0, at_risk: 0 },
			needCount: 2,
			horizonOn: '2026-06-30'
		});
	});

	it('is in no list where there is none', async () => {
		const togo = await aSetting(fresh);
		expect(await listRoadmaps(as(togo.manager), 'en')).toEqual([]);
	});
});

describe('who sees what', () => {
	/** A cycle of each centre, linked; the one there belongs to Cedars. */
	async function bothLinked(): Promise<[string, string]> {
		const cedars = await addCohort(fresh, there, { name: 'Cedars' });
		const [own, other] = [await mixedCycle(here), await mixedCycle({ ...there, cohortId: cedars })];
		for (const cycle_id of [own, other])
			await addLink(fresh, {
				milestone_id: milestone,
				cycle_id,
				section_id: here.sectionId,
				linked_by: here.manager.id
			});
		return [own, other];
	}

	it('the manager sees every linked session by name', async () => {
		const cycles = await bothLinked();
		const seen = (await receipt())!;
		expect(seen.cycles.map(({ id }) => id).sort()).toEqual(cycles.toSorted());
		expect(seen.sessions).toHaveLength(12);
		expect(new Set(seen.sessions.map(({ cohort }) => cohort))).toEqual(
			new Set(['Butterflies', 'Cedars'])
		);
		expect(seen.otherCycleCount).toBe(0);
	});

	it('a coordinator sees those of own centres by name and the others counted', async () => {
		const [own] = await bothLinked();
		const seen = (await receipt(here.coordinator))!;
		expect(seen.cycles.map(({ id }) => id)).toEqual([own]);
		expect(seen.sessions.map(({ cycleId }) => cycleId)).toEqual(Array(6).fill(own));
		expect(seen.otherCycleCount).toBe(1);
		expect(seen.thread).toHaveLength(12);
		expect(seen.tally).toMatchObject({ heldCount: 4, cancelledCount: 2 });
		expect(JSON.stringify(seen)).not.toContain('Cedars');
	});

	it('partners and the network see the percent and no cohort, centre or session', async () => {
		const cycles = await bothLinked();
		const partner = await addAccount(fresh, { sectionId: here.sectionId, role: 'advisory_group' });
		const outside = { ...asNetwork(fresh), now: NOW };
		for (const reader of [as(partner), outside]) {
			const seen = (await findReceipt(reader, milestone, 'en'))!;
			expect(percentOf(seen.tally)).toBe(40);
			expect(seen).toMatchObject({ cycles: [], sessions: [], otherCycleCount: 2 });
			const sessions = await fresh.db.selectFrom('session').select('id').execute();
			const hidden = [
				'Butterflies',
				'Cedars',
				'Centre',
				...cycles,
				...sessions.map(({ id }) => id)
			];
			for (const word of hidden) expect(JSON.stringify(seen)).not.toContain(word);
			expect(await findRoadmap(reader, roadmapId, 'en')).toBeDefined();
		}
	});

	it('a partner with an account sees the milestones and activities of the own body alone', async () => {
		const [ours, theirs] = [
			await addPartner(fresh, here.sectionId, 'Parents'),
			await addPartner(fresh, here.sectionId, 'Schools')
		];
		const { outcome_id } = await fresh.db
			.selectFrom('milestone')
			.select('outcome_id')
			.where('id', '=', milestone)
			.executeTakeFirstOrThrow();
		const mine = await addMilestone(fresh, {
			...{ section_id: here.sectionId, outcome_id, body_id: ours }
		});
		for (const [at, body_id] of [ours, theirs].entries())
			await addActivity(fresh, {
				position: at + 2,
				...{ section_id: here.sectionId, milestone_id: milestone, body_id },
				name_texts: textsJson({ en: `Of ${body_id}` })
			});
		const of = (bodyId: string | null) =>
			contextOf(
				fresh,
				{
					...{ id: newId(), role: 'facilitator', sectionId: here.sectionId, centreIds: [] },
					also: [{ role: 'partner', centreIds: null, bodyId }]
				},
				NOW,
				'see roadmaps'
			);
		const seen = (await findRoadmap(of(ours), roadmapId, 'en'))!;
		const milestones = seen.outcomes.flatMap((outcome) => outcome.milestones);
		expect(milestones.map(({ id }) => id)).toEqual([mine]);
		expect(seen.outcomes.flatMap(({ elsewhere }) => elsewhere)).toMatchObject([
			{ milestone: 'Milestone', activities: [{ name: `Of ${ours}` }] }
		]);
		expect(await findReceipt(of(ours), milestone, 'en')).toBeUndefined();
		expect(JSON.stringify(seen)).toContain(`Of ${ours}`);
		expect(JSON.stringify(seen)).not.toContain(`Of ${theirs}`);
		expect(await findReceipt(of(ours), mine, 'en')).toMatchObject({ cycles: [], sessions: [] });
		expect(await findReceipt(of(theirs), mine, 'en')).toBeUndefined();
		expect(await listMilestoneNames(of(theirs), 'en')).toEqual([]);
		expect((await listMilestoneNames(of(ours), 'en')).map(({ id }) => id)).toEqual([mine]);
		for (const nobodys of [of(null), of(newId())]) {
			expect(await listRoadmaps(nobodys, 'en')).toEqual([]);
			expect(await findRoadmap(nobodys, roadmapId, 'en')).toBeUndefined();
		}
	});

	it('nobody sees another section’s roadmap, and the network sees all', async () => {
		const togo = await aSetting(fresh);
		const theirs = await addRoadmap(fresh, { section_id: togo.sectionId });
		const far = await addMilestone(fresh, {
			section_id: togo.sectionId,
			outcome_id: theirs.outcomeId
		});
		expect(await findRoadmap(as(), theirs.roadmapId, 'en')).toBeUndefined();
		expect(await receipt(undefined, far)).toBeUndefined();
		expect((await listRoadmaps(as(), 'en')).map(({ id }) => id)).toEqual([roadmapId]);
		const outside = { ...asNetwork(fresh), now: NOW };
		expect((await listRoadmaps(outside, 'en')).map(({ id }) => id).sort()).toEqual(
			[roadmapId, theirs.roadmapId].sort()
		);
		expect(await findReceipt(outside, far, 'en')).toMatchObject({ id: far });
	});
});

describe('the cycles to choose from', () => {
	it('are those of the section that end late enough, without the cancelled sessions', async () => {
		const cycle = await mixedCycle(here);
		const [found] = await listCycles(as(), { endsFrom: '2026-12-31' }, 'en');
		expect(found).toMatchObject({ id: cycle, cohort: 'Butterflies', sessionCount: 5 });
		expect(await listCycles(as(), { endsFrom: '2027-01-01' }, 'en')).toEqual([]);
		const togo = await aSetting(fresh);
		expect(await listCycles(as(togo.manager), { endsFrom: '2026-01-01' }, 'en')).toEqual([]);
	});

	it('are a coordinator’s own centres’ and a facilitator’s own cohorts’', async () => {
		const own = await mixedCycle(here);
		await mixedCycle(there);
		const ids = async (account: Account) =>
			(await listCycles(as(account), { endsFrom: '2026-01-01' }, 'en')).map(({ id }) => id);
		expect(await ids(here.coordinator)).toEqual([own]);
		expect(await ids(here.rana)).toEqual([own]);
	});
});
