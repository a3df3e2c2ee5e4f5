import { expect, it } from 'vitest';
import { listRegister, listTakingPart } from '#lib/features/attendance/queries.server.ts';
import {
	listCentres,
	listCentreSheets,
	listClosedDays,
	listRooms,
	listRoomsEverywhere
} from '#lib/features/centres/queries.server.ts';
import { listCohorts, listCohortsOf, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { getTerms, listStandings } from '#lib/features/consent/queries.server.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { listImports } from '#lib/features/imports/queries.server.ts';
import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import { listPeople, searchPeople } from '#lib/features/people/search.queries.server.ts';
import { listNetworkReach } from '#lib/features/publishing/outside.queries.server.ts';
import { listSnapshots } from '#lib/features/publishing/queries.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import {
	findRoadmap,
	listMilestoneNames,
	listRoadmaps
} from '#lib/features/roadmap/queries.server.ts';
import { findReceipt } from '#lib/features/roadmap/receipt.queries.server.ts';
import { listMissing } from '#lib/features/exports/queries.server.ts';
import { readTables } from '#lib/features/exports/tables.queries.server.ts';
import { codeStates } from '#lib/features/feedback/code-states.queries.server.ts';
import { listResults } from '#lib/features/feedback/queries.server.ts';
import { listWaiting } from '#lib/features/feedback/vouching.commands.server.ts';
import { listConcerns } from '#lib/features/safeguarding/queries.server.ts';
import { readPlanRequest } from '#lib/features/sessions/planning.queries.server.ts';
import {
	listCycles,
	listNextOf,
	listSessions,
	listSessionsOf,
	listUnrecorded
} from '#lib/features/sessions/queries.server.ts';
import {
	findSubstitution,
	listComingStandIns
} from '#lib/features/sessions/substitutes.queries.server.ts';
import {
	listAccounts,
	listColleagues,
	listFacilitators
} from '#lib/features/staff/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addImport } from '#tests/access/imports.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addActivity,
	addCentre,
	addCohort,
	addLink,
	addMember,
	addMilestone,
	addPartner,
	addRoadmap,
	addRoom,
	addSession,
	addSnapshot,
	addTarget,
	addVersion,
	contextOf,
	join,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { asNetwork } from '#tests/factories/network.ts';

/** One more of everything a list may show. */
async function addOneMore(fresh: FreshDatabase, here: Setting, date: string): Promise<string> {
	const rows = { ...here, centreIds: [here.centreId] };
	await addAccount(fresh, rows);
	await addCentre(fresh, here.sectionId);
	await addRoom(fresh, here);
	await addVersion(fresh, here.sectionId, { sessionCount: 2 });
	await addTarget(fresh, { section_id: here.sectionId });
	await fresh.db
		.insertInto('closed_day')
		.values({
			id: newId(),
			section_id: here.sectionId,
			centre_id: null,
			on_date: date,
			name_texts: '{"en":"Closed"}',
			certainty: 'expected',
			source: 'test'
		})
		.execute();
	const { id: accountId } = here.rana;
	const list = { id: newId(), accountId, sectionId: here.sectionId };
	await addImport({ ...fresh, now: NOW }, list);
	const member = await addMember(fresh, here);
	const cedars = await addCohort(fresh, here, { facilitators: [here.rana] });
	const marked = await fresh.db
		.selectFrom('mark')
		.select('person_id')
		.orderBy('person_id')
		.executeTakeFirst();
	for (const personId of new Set([member, marked?.person_id ?? member]))
		await join(fresh, { ...here, cohortId: cedars, personId });
	await addSession(fresh, await aCycle(fresh, here, cedars), { date, status: 'planned' });
	const session = await addSession(fresh, await aCycle(fresh, here), { date });
	for (const { id } of [here.rana, here.karim])
		await fresh.db
			.insertInto('session_facilitator')
			.values({ session_id: session, account_id: id, section_id: here.sectionId })
			.execute();
	await fresh.db
		.insertInto('mark')
		.values({
			session_id: session,
			person_id: member,
			section_id: here.sectionId,
			code: 'present'
		})
		.execute();
	await addOneMoreStandIn(fresh, here, session);
	await addOneMoreMilestone(fresh, here, session);
	await addOneMoreVoice(fresh, here, session);
	await addSnapshot(fresh, here.sectionId);
	await fillNameKeys(fresh.db, fresh.ring);
	return session;
}

/** On that day Rana runs a session of somebody's in Karim's place, and a further one of her own. */
async function addOneMoreStandIn(fresh: FreshDatabase, here: Setting, session_id: string) {
	await fresh.db
		.insertInto('substitute')
		.values({
			id: newId(),
			section_id: here.sectionId,
			session_id,
			account_id: here.rana.id,
			for_account_id: here.coordinator.id,
			opens_at: NOW + 1,
			closes_at: NOW + 2,
			made_by: here.coordinator.id,
			made_at: NOW,
			ended_at: null
		})
		.execute();
	const cycle = await aCycle(fresh, here);
	const own = await addSession(fresh, cycle, { date: '2026-05-01', time: '16:00' });
	await fresh.db
		.insertInto('session_facilitator')
		.values({ session_id: own, account_id: here.rana.id, section_id: here.sectionId })
		.execute();
}

/** A closed code with words, and a child who wants to talk. */
async function addOneMoreVoice({ db, ring }: FreshDatabase, here: Setting, session_id: string) {
	const id = newId();
	const section_id = here.sectionId;
	const keys = { code_id: id, section_id };
	const words_sealed = seal(
		ring,
		{ table: 'feedback_words', column: 'words_sealed', row: id },
		'x'
	);
	const form = 'pulse 10-13 1';
	await db
		.insertInto('feedback_code')
		.values({
			...{ id, session_id, section_id },
			code: id,
			length: 'pulse',
			opened_by: here.karim.id,
			opened_at: 0,
			closed_at: 1,
			started_count: 0,
			member_count: 1
		})
		.execute();
	await db
		.insertInto('feedback_count')
		.values({ ...keys, form, item: 'change', answer: 'answered', ballot_count: 5 })
		.execute();
	await db
		.insertInto('feedback_words')
		.values({ ...keys, id, form, item: 'change', words_sealed, state: 'cleared' })
		.execute();
	await db
		.insertInto('concern')
		.values({
			...{ id, session_id, section_id, nickname_sealed: null, taken_by: null },
			...{ noticed_at: 0, raised_at: 0 }
		})
		.execute();
}

/** Of the first roadmap, and a further roadmap beside it. Every milestone counts the session's cycle. */
async function addOneMoreMilestone(fresh: FreshDatabase, here: Setting, session: string) {
	const section_id = here.sectionId;
	const { outcomeId } = await addRoadmap(fresh, { section_id });
	const { outcome_id } =
		(await fresh.db.selectFrom('milestone').select('outcome_id').executeTakeFirst()) ??
		({ outcome_id: outcomeId } as const);
	const body_id = await addPartner(fresh, section_id);
	const milestone = { section_id, body_id };
	for (const id of new Set([outcome_id, outcomeId])) {
		const milestone_id = await addMilestone(fresh, { ...milestone, outcome_id: id });
		await addActivity(fresh, { ...milestone, milestone_id });
	}
	const { cycle_id } = await fresh.db
		.selectFrom('session')
		.select('cycle_id')
		.where('id', '=', session)
		.executeTakeFirstOrThrow();
	for (const { id } of await fresh.db.selectFrom('milestone').select('id').execute())
		await addLink(fresh, {
			section_id,
			milestone_id: id,
			cycle_id: cycle_id!,
			linked_by: here.manager.id
		});
}

/** The milestone that was there first. */
async function firstMilestone({ db }: Context) {
	return db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.select(['milestone.id', 'outcome.roadmap_id'])
		.orderBy('milestone.id')
		.executeTakeFirstOrThrow();
}

const LISTS: Record<
	string,
	(ctx: Context, here: Setting, session: string) => Promise<readonly unknown[]>
> = {
	listSessions: (ctx) => listSessions(ctx, { from: '2026-04-01', to: '2026-04-30' }, 'en'),
	listUnrecorded: (ctx) => listUnrecorded(ctx, { before: '2026-05-01' }, 'en'),
	listSessionsOf: (ctx, { cohortId }) => listSessionsOf(ctx, cohortId, 'en'),
	listNextOf: (ctx, { cohortId }) =>
		listNextOf(ctx, { cohortId, from: '2026-04-01', count: 8 }, 'en'),
	listTargetReach: (ctx) => listTargetReach(ctx, { today: '2026-05-01' }, 'en'),
	listNetworkReach: async ({ db }) =>
		(await listNetworkReach(asNetwork({ db }), '2026-05-01', 'en')).flatMap(
			({ targets }) => targets
		),
	listSnapshots: (ctx) => listSnapshots(ctx, 'en'),
	listRoomsEverywhere: (ctx) => listRoomsEverywhere(ctx, 'en'),
	listMilestoneNames: (ctx) => listMilestoneNames(ctx, 'en'),
	listCycles: (ctx) => listCycles(ctx, { endsFrom: '2026-01-01' }, 'en'),
	listRoadmaps: (ctx) => listRoadmaps(ctx, 'en'),
	findRoadmap: async (ctx) => {
		const { roadmap_id } = await firstMilestone(ctx);
		const { outcomes } = (await findRoadmap(ctx, roadmap_id, 'en'))!;
		return outcomes.flatMap(({ milestones }) => milestones);
	},
	findReceipt: async (ctx) =>
		(await findReceipt(ctx, (await firstMilestone(ctx)).id, 'en'))!.cycles,
	listResults: (ctx) => listResults(ctx, {}, 'en'),
	listWaiting: (ctx) => listWaiting(ctx, { today: '2026-04-20' }, 'en'),
	codeStates: async (ctx) => {
		const sessions = await ctx.db.selectFrom('session').select('id').execute();
		return [
			...(
				await codeStates(
					ctx,
					sessions.map(({ id }) => id)
				)
			).values()
		];
	},
	listImports,
	listMissing: (ctx) =>
		listMissing(ctx, { from: '2026-04-01', to: '2026-04-30', today: '2026-05-01' }, 'en'),
	readTables: async (ctx) => {
		const asked = { today: '2026-05-01', month: '2026-04', from: '2026-01-01', to: '2026-12-31' };
		const tables = await readTables(ctx, 'all', { ...asked, locale: 'en' });
		return tables.flatMap(({ rows }) => rows);
	},
	listConcerns: (ctx) => listConcerns(ctx, 'en'),
	listComingStandIns: (ctx) => listComingStandIns(ctx, 'en'),
	findSubstitution: async (ctx, { cohortId }) => {
		const { id } = await ctx.db
			.selectFrom('session')
			.select('id')
			.where('cohort_id', '=', cohortId)
			.where('on_date', '=', '2026-05-01')
			.orderBy('id')
			.executeTakeFirstOrThrow();
		return (await findSubstitution(ctx, { sessionId: id }, 'en'))!.sessions;
	},
	listCohorts: (ctx) => listCohorts(ctx, 'en'),
	listMembers: (ctx, { cohortId }) => listMembers(ctx, { cohortId, date: '2026-05-01' }, 'en'),
	listRegister: (ctx, { cohortId }, id) =>
		listRegister(ctx, { id, cohortId, date: '2026-05-01' }, 'en'),
	listCohortsOf: async (ctx) => {
		const people = await ctx.db.selectFrom('person').select('id').execute();
		return [
			...(
				await listCohortsOf(
					ctx,
					people.map(({ id }) => id),
					'en'
				)
			).values()
		];
	},
	listStandings: async (ctx) => {
		const people = await ctx.db.selectFrom('person').select('id').execute();
		const ids = people.map(({ id }) => id);
		const asked = { today: '2026-05-01', terms: await getTerms(ctx) };
		return [...(await listStandings(ctx, ids, asked)).values()];
	},
	listPeople: async (ctx) => (await listPeople(ctx, { page: 1 }, 'en')).people!,
	searchPeople: (ctx) => searchPeople(ctx, 'Nour', 'en'),
	listTakingPart: async (ctx) => {
		const { person_id } = await ctx.db
			.selectFrom('mark')
			.select('person_id')
			.orderBy('person_id')
			.executeTakeFirstOrThrow();
		return listTakingPart(ctx, person_id, 'en');
	},
	listCentres: (ctx) => listCentres(ctx, 'en'),
	listCentreSheets: async (ctx) =>
		(await listCentreSheets(ctx, 'en')).flatMap(({ rooms }) => rooms),
	listRooms: (ctx, { centreId }) => listRooms(ctx, centreId, 'en'),
	listClosedDays: (ctx) => listClosedDays(ctx, { from: '2026-04-01', to: '2026-04-30' }, 'en'),
	listCurrentVersions: (ctx) => listCurrentVersions(ctx, 'en'),
	listColleagues: (ctx) => listColleagues(ctx, 'en'),
	listAccounts: (ctx) => listAccounts(ctx, 'en'),
	listFacilitators: (ctx, { centreId }) => listFacilitators(ctx, centreId, 'en'),
	readPlanRequest: async (ctx, here) => {
		const read = await readPlanRequest(
			ctx,
			{
				cohort: here.cohortId,
				version: here.versionId,
				weekday: ['2', '4'],
				time: '15:00',
				room: here.roomId,
				with: [here.rana.id],
				from: '2026-04-07',
				...{ project: [], move: [], mothersWith: [] }
			},
			'en'
		);
		if (!read.ok) throw new Error(read.refusal.reason);
		return read.wish.occupied;
	}
};

function askerOf(name: string, here: Setting): Account {
	if (/Centres$|Reach$|Results$|Waiting$|Roadmap|Receipt/.test(name)) return here.manager;
	if (name === 'readTables') return here.coordinator;
	return name === 'listConcerns' ? { ...here.manager, role: 'focal_point' } : here.rana;
}

it.each(Object.keys(LISTS))(
	'%s asks as many statements for three rows as for one',
	async (name) => {
		const fresh = await freshDatabase();
		const here = await aSetting(fresh);
		const asker = askerOf(name, here);
		const session = await addOneMore(fresh, here, '2026-04-07');
		let statements = 0;
		const counting = fresh.db.withPlugin({
			transformQuery({ node }) {
				statements += 1;
				return node;
			},
			transformResult: async ({ result }) => result
		});
		const ask = async () => {
			statements = 0;
			const rows = await LISTS[name]!({ ...contextOf(fresh, asker), db: counting }, here, session);
			return { rowCount: rows.length, statements };
		};
		const one = await ask();
		expect(one.rowCount).toBeGreaterThan(0);
		expect(one.statements).toBeGreaterThan(0);
		await addOneMore(fresh, here, '2026-04-09');
		await addOneMore(fresh, here, '2026-04-14');
		const three = await ask();
		expect(three.rowCount).toBeGreaterThanOrEqual(one.rowCount + 2);
		expect(three.statements).toBe(one.statements);
	}
);
