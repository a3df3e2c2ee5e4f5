import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { mergePeople } from '#lib/features/merging/commands.server.ts';
import { takeApart } from '#lib/features/merging/parting.commands.server.ts';
import { listRegister } from '#lib/features/attendance/queries.server.ts';
import { ATTENDED, MARKS } from '#lib/features/attendance/rules.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { mendCounts } from '#lib/features/counts/recount.commands.server.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { goOnWith } from '#lib/features/sessions/versions.commands.server.ts';
import { VERSIONS } from '#lib/features/example/cast.ts';
import { loadExample } from '#lib/features/example/example.server.ts';
import { addCycle, removeCycle } from '#lib/features/projects/belonging.commands.server.ts';
import { describeTarget } from '#lib/features/targets/commands.server.ts';
import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { addImport, check, run, sheetsOf, undo } from '#tests/factories/imports.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addMember,
	addProject,
	addSession,
	addTarget,
	contextOf,
	join
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { up } from '../../migrations/0016_counts.ts';
import { up as countByRule } from '../../migrations/0036_reached_by_rule.ts';
import { recount } from '../../scripts/halqa/recount.ts';
import { WAYS } from '../../src/routes/(staff)/undo/ways.server.ts';

const NOW = instantOf('2026-05-05', '12:00', 'Asia/Beirut');
const DATES = ['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-30'];

/** Two centres with a cohort each, a child of both, and a few others; sessions around the ends of a period. */
interface World {
	fresh: FreshDatabase;
	here: Setting;
	settings: [Setting, Setting];
	people: string[];
	sessions: { id: string; cohortId: string; cycleId: string }[];
	/** Two, of which the section's first target may be. */
	projects: [string, string];
	/** A cycle each, and the versions of its curriculum: reached by the first, second, third session. */
	cycles: { id: string; by: Setting['rana']; versionIds: string[] }[];
	undos: { id: string; by: Setting['rana'] }[];
	imports: string[];
	merges: { keptId: string; mergeId: string }[];
}

async function aWorld(): Promise<World> {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const there = await aSetting(fresh, { sectionId: here.sectionId });
	const people = [
		await addMember(fresh, here, 'Nour Haddad'),
		await addMember(fresh, here, 'Rami Khoury'),
		await addMember(fresh, there, 'Aya Saab'),
		await addMember(fresh, there, 'Nour Hadad')
	];
	await join(fresh, { ...there, personId: people[0]! });
	const sessions: World['sessions'] = [];
	const cycles: World['cycles'] = [];
	for (const [at, setting] of [here, there].entries()) {
		const versionIds = await someVersions(fresh, setting);
		const cycle = await aCycle(fresh, { ...setting, versionId: versionIds[at]! });
		cycles.push({ id: cycle.cycleId, by: setting.coordinator, versionIds });
		for (const date of DATES)
			sessions.push({
				id: await addSession(fresh, cycle, { date }),
				...{ cohortId: setting.cohortId, cycleId: cycle.cycleId }
			});
		// two left to hold, so that the cycle can go on with another version
		for (const date of ['2026-06-02', '2026-06-09']) await addSession(fresh, cycle, { date });
	}
	await addTarget(fresh, { section_id: here.sectionId });
	await fillNameKeys(fresh.db, fresh.ring);
	return {
		fresh,
		here,
		settings: [here, there],
		people,
		sessions,
		projects: [await addProject(fresh, here.sectionId), await addProject(fresh, here.sectionId)],
		cycles,
		undos: [],
		imports: [],
		merges: []
	};
}

/** The version of a setting and two newer ones with the same plans, each asking for a session more. */
async function someVersions(fresh: FreshDatabase, { sectionId, versionId }: Setting) {
	const { db } = fresh;
	const first = await db
		.selectFrom('curriculum_version')
		.selectAll()
		.where('id', '=', versionId)
		.executeTakeFirstOrThrow();
	const plans = await db
		.selectFrom('session_plan')
		.selectAll()
		.where('version_id', '=', versionId)
		.execute();
	const ids = [versionId];
	for (const count of [2, 3]) {
		const id = newId();
		ids.push(id);
		await db
			.insertInto('curriculum_version')
			.values({ ...first, id, number: count, reached_count: count, section_id: sectionId })
			.execute();
		for (const plan of plans)
			await db
				.insertInto('session_plan')
				.values({ ...plan, id: newId(), version_id: id, module_id: null, stem_id: plan.id })
				.execute();
	}
	return ids;
}

/** One thing that changes what counts; some are refused, which has to change nothing. */
type Step = (world: World) => Promise<unknown>;

const record = (at: number, codes: MarkCode[]): Step =>
	async function recording({ fresh, settings, sessions, undos }) {
		const { id, cohortId } = sessions[at % sessions.length]!;
		const by = settings.find((setting) => setting.cohortId === cohortId)!.coordinator;
		const ctx = contextOf(fresh, by, NOW);
		const session = await fresh.db
			.selectFrom('session')
			.select(['on_date', 'version'])
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		const register = await listRegister(ctx, { id, cohortId, date: session.on_date }, 'en');
		const mark = Object.fromEntries(
			register.map(({ personId }, row) => [personId, codes[row % codes.length]!])
		);
		const input = { sessionId: id, version: session.version, headcount: 0, mark };
		const outcome = await recordRegister(ctx, input, { once: newId(), locale: 'en' });
		if (outcome.ok) undos.push({ id: outcome.done.undo, by });
	};

const takeLastBack: Step = async function takingBack({ fresh, undos }) {
	const last = undos.pop();
	if (last) await takeBack(contextOf(fresh, last.by, NOW), last.id, WAYS);
};

const merge = (kept: number, merged: number): Step =>
	async function merging({ fresh, here, people, merges }) {
		const ctx = contextOf(fresh, here.manager, NOW);
		const [keptId, mergedId] = [people[kept % people.length]!, people[merged % people.length]!];
		const outcome = await mergePeople(ctx, { keptId, mergedId }, newId());
		if (outcome.ok) merges.push({ keptId, mergeId: outcome.done.mergeId });
	};

const part: Step = async function parting({ fresh, here, merges }) {
	const last = merges.pop();
	if (last) await takeApart(contextOf(fresh, here.manager, NOW), last, newId());
};

/** What a later command will do to a session: another date, cancelled, planned again. */
const change = (at: number, to: { on_date?: string; status?: 'cancelled' | 'held' }): Step =>
	async function changing({ fresh, here, sessions }) {
		const { id } = sessions[at % sessions.length]!;
		await fresh.db.transaction().execute(async (trx) => {
			await trx
				.updateTable('session')
				.set({ ...to, recorded_at: NOW })
				.set((eb) => ({ version: eb('version', '+', 1) }))
				.where('id', '=', id)
				.execute();
			await keepCounts(trx, here.sectionId, { sessions: [id] });
		});
	};

const regroup = (at: number, audience: 'staff' | 'children'): Step =>
	async function regrouping({ fresh, here, settings }) {
		const { cohortId } = settings[at % 2]!;
		await fresh.db.transaction().execute(async (trx) => {
			await trx.updateTable('cohort').set({ audience }).where('id', '=', cohortId).execute();
			await keepCounts(trx, here.sectionId, { cohorts: [cohortId] });
		});
	};

const goOn = (at: number, to: number): Step =>
	async function goingOn({ fresh, cycles }) {
		const { id, by, versionIds } = cycles[at % 2]!;
		const ctx = contextOf(fresh, by, NOW);
		const version = await findVersion(ctx, versionIds[to % 3]!, 'en');
		await goOnWith(ctx, { cycle: id, version: version! }, { once: newId(), locale: 'en' });
	};

const promise = (from: number, to: number): Step =>
	async function promising({ fresh, here }) {
		const [starts_on, ends_on] = [DATES[Math.min(from, to)]!, DATES[Math.max(from, to)]!];
		await addTarget(fresh, { section_id: here.sectionId, starts_on, ends_on });
	};

/** A session's cycle is put into a project, or taken out of it. */
const pay = (at: number, project: 0 | 1): Step =>
	async function paying({ fresh, here, sessions, projects }) {
		const ctx = contextOf(fresh, here.manager, NOW);
		const { cycleId: cycle } = sessions[at % sessions.length]!;
		const input = { projectId: projects[project], cycle };
		const outcome = await removeCycle(ctx, input, newId());
		if (!outcome.ok) await addCycle(ctx, input, newId());
	};

/** The first target counts sessions of these projects alone; of every one when there are none. */
const aim = (...of: (0 | 1)[]): Step =>
	async function aiming({ fresh, here, projects }) {
		const { id, version } = await fresh.db
			.selectFrom('target')
			.select(['id', 'version'])
			.where('centre_id', 'is', null)
			.orderBy('id')
			.executeTakeFirstOrThrow();
		const said = { name_en: 'Reached', definition_en: 'Who came' };
		await describeTarget(
			contextOf(fresh, here.manager, NOW),
			{ ...said, targetId: id, version, project: of.map((one) => projects[one]) },
			newId()
		);
	};

const bringIn = (marks: string[]): Step =>
	async function bringing({ fresh, here, imports }) {
		const ctx = contextOf(fresh, here.coordinator, NOW);
		const tables = sheetsOf([
			'Butterflies',
			[
				['Name', 'Sex', 'Year of birth', '31/03/2026', '02/04/2026'],
				['Nour Haddad', 'f', 2016, marks[0] ?? null, marks[1] ?? null],
				['Zeina Aoun', 'f', 2015, marks[2] ?? null, marks[3] ?? null]
			]
		]);
		const tune = (setup: { options: { centreId: string | null } }) => {
			setup.options.centreId = here.centreId;
		};
		const id = await addImport(ctx, { kind: 'registers', tables, tune });
		await check(ctx, id);
		await run(ctx, id);
		imports.push(id);
	};

const takeImportBack: Step = async function takingImportBack({ fresh, here, imports }) {
	const id = imports.pop();
	if (id) await undo(contextOf(fresh, here.coordinator, NOW), id);
};

const code = fc.constantFrom(...MARKS);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc
			.tuple(fc.nat(7), fc.array(code, { minLength: 1, maxLength: 3 }))
			.map((a) => record(...a))
	},
	{ weight: 2, arbitrary: fc.constant(takeLastBack) },
	{ weight: 2, arbitrary: fc.tuple(fc.nat(3), fc.nat(3)).map((a) => merge(...a)) },
	{ weight: 3, arbitrary: fc.constant(part) },
	{
		weight: 2,
		arbitrary: fc
			.tuple(
				fc.nat(7),
				fc.constantFrom(
					...DATES.map((on_date) => ({ on_date })),
					{ status: 'cancelled' as const },
					{ status: 'held' as const }
				)
			)
			.map((a) => change(...a))
	},
	{
		weight: 1,
		arbitrary: fc
			.tuple(fc.nat(1), fc.constantFrom('staff' as const, ...Array(3).fill('children' as const)))
			.map((a) => regroup(...a))
	},
	{ weight: 1, arbitrary: fc.tuple(fc.nat(3), fc.nat(3)).map((a) => promise(...a)) },
	{ weight: 2, arbitrary: fc.tuple(fc.nat(1), fc.nat(2)).map((a) => goOn(...a)) },
	{
		weight: 1,
		arbitrary: fc.array(fc.constantFrom('P', 'A', 'L', ''), { maxLength: 4 }).map(bringIn)
	},
	{ weight: 1, arbitrary: fc.constant(takeImportBack) },
	{
		weight: 3,
		arbitrary: fc.tuple(fc.nat(7), fc.constantFrom(0 as const, 1 as const)).map((a) => pay(...a))
	},
	{
		weight: 2,
		arbitrary: fc.subarray([0 as const, 1 as const]).map((of) => aim(...of))
	}
);

/** Reach by hand: every mark is looked at, and sets are made of them. */
async function countedByHand({ db }: FreshDatabase) {
	const targets = await db
		.selectFrom('target')
		.selectAll()
		.where('centre_id', 'is', null)
		.execute();
	const held = await db
		.selectFrom('session')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('cycle', 'cycle.id', 'session.cycle_id')
		.leftJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.select(['session.id', 'session.centre_id', 'session.on_date', 'session.cycle_id'])
		.select('version.reached_count')
		.where('session.status', '=', 'held')
		.where('cohort.audience', '<>', 'staff')
		.execute();
	const marks = await db.selectFrom('mark').selectAll().where('code', 'in', ATTENDED).execute();
	const aimed = await db.selectFrom('project_target').selectAll().execute();
	const paid = await db.selectFrom('project_cycle').selectAll().execute();
	return targets.flatMap(({ id, starts_on, ends_on }) => {
		const projects = aimed.filter(({ target_id }) => target_id === id);
		const isPaid = (cycleId: string | null) =>
			paid.some(
				({ cycle_id, project_id }) =>
					cycle_id === cycleId && projects.some((one) => one.project_id === project_id)
			);
		const within = held.filter(
			({ on_date, cycle_id }) =>
				starts_on <= on_date && on_date <= ends_on && (projects.length === 0 || isPaid(cycle_id))
		);
		const came = marks.flatMap((mark) =>
			within
				.filter((session) => session.id === mark.session_id)
				.map((session) => ({ ...session, person: mark.person_id }))
		);
		const enough = [
			...Map.groupBy(came, ({ person, cycle_id }) => `${person} ${cycle_id}`).values()
		].flatMap((of) =>
			of
				.toSorted((a, b) => (a.on_date < b.on_date ? -1 : 1))
				.slice((of[0]!.cycle_id === null ? 1 : of[0]!.reached_count!) - 1)
		);
		const people = new Set(enough.map(({ person }) => person)).size;
		const firsts = [...Map.groupBy(enough, ({ person }) => person)].map(
			([person, rows]) => `${person} ${rows.map(({ on_date }) => on_date).sort()[0]}`
		);
		const centres = [...Map.groupBy(within, ({ centre_id }) => centre_id)].map(([centre, rows]) => {
			const there = came.filter(({ centre_id }) => centre_id === centre);
			const persons = new Set(
				enough.filter(({ centre_id }) => centre_id === centre).map(({ person }) => person)
			).size;
			return `${centre} ${persons} ${there.length} ${rows.length}`;
		});
		return within.length === 0
			? []
			: [{ id, people, firsts: firsts.sort(), centres: centres.sort() }];
	});
}

async function kept({ db }: FreshDatabase) {
	const targets = await db
		.selectFrom('target')
		.select('id')
		.where('centre_id', 'is', null)
		.execute();
	const totals = await db.selectFrom('reached_target').selectAll().execute();
	const centres = await db.selectFrom('reached_centre').selectAll().execute();
	const people = await db.selectFrom('reached_person').selectAll().execute();
	return targets.flatMap(({ id }) => {
		const own = people.filter((row) => row.target_id === id && row.reached_on !== null);
		const lines = centres.filter((row) => row.target_id === id && row.session_count > 0);
		const firsts = [...Map.groupBy(own, (row) => row.person_id)].map(
			([person, rows]) => `${person} ${rows.map((row) => row.reached_on).sort()[0]}`
		);
		if (lines.length === 0) return [];
		return [
			{
				id,
				people: totals.find((row) => row.target_id === id)?.people_count ?? 0,
				firsts: firsts.sort(),
				centres: lines
					.map(
						(row) =>
							`${row.centre_id} ${row.people_count} ${row.participation_count} ${row.session_count}`
					)
					.sort()
			}
		];
	});
}

/** Every kept row of somebody, as one text. */
async function contentsOf({ db }: FreshDatabase): Promise<string> {
	const people = await db.selectFrom('reached_person').selectAll().execute();
	return JSON.stringify(people.map((row) => JSON.stringify(row)).sort());
}

it('kept counts are what a recount gives, after any order of what changes them', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 25 }), async (steps) => {
			const world = await aWorld();
			for (const at of [0, 1, 4, 6]) await record(at, ['present', 'late'])(world);
			for (const take of steps) {
				await take(world);
				expect((await mendCounts(world.fresh.db)).differing, take.name).toBe(0);
			}
			expect(await kept(world.fresh)).toEqual(await countedByHand(world.fresh));
		}),
		{ numRuns: 4 }
	);
});

it('each thing that changes what counts changes the kept counts', async () => {
	const world = await aWorld();
	const steps: Step[] = [
		record(0, ['present']),
		record(1, ['late', 'absent']),
		record(5, ['present']),
		record(4, ['present']),
		goOn(0, 1),
		goOn(1, 2),
		record(6, ['present']),
		record(1, ['absent', 'late']),
		takeLastBack,
		merge(0, 1),
		part,
		merge(2, 0),
		change(0, { status: 'cancelled' }),
		change(0, { status: 'held' }),
		promise(0, 1),
		change(0, { on_date: '2026-04-30' }),
		regroup(0, 'staff'),
		regroup(0, 'children'),
		...[aim(0), pay(0, 0), aim(), aim(1), pay(5, 1)],
		...[aim(0, 1), pay(0, 0), aim()],
		bringIn(['P', 'P', 'L', '']),
		takeImportBack
	];
	for (const take of steps) {
		const before = await contentsOf(world.fresh);
		await take(world);
		const after = await contentsOf(world.fresh);
		expect(after, take.name).not.toBe(before);
		expect((await mendCounts(world.fresh.db)).differing, take.name).toBe(0);
		expect(await kept(world.fresh), take.name).toEqual(await countedByHand(world.fresh));
	}
});

it('two registers with the same child saved at once lose neither', async () => {
	const world = await aWorld();
	await Promise.all([0, 1, 2, 4, 5, 6].map((at) => record(at, ['present'])(world)));
	expect((await mendCounts(world.fresh.db)).differing).toBe(0);
	const [counted] = await kept(world.fresh);
	expect(counted).toMatchObject({ people: 4 });
	expect(await kept(world.fresh)).toEqual(await countedByHand(world.fresh));
});

it('a recount says how many rows differ, and mends them', async () => {
	const world = await aWorld();
	const { db } = world.fresh;
	await record(0, ['present'])(world);
	const before = await kept(world.fresh);
	await db.updateTable('reached_person').set({ times_count: 9 }).execute();
	await db.updateTable('reached_target').set({ people_count: 9 }).execute();
	await db.deleteFrom('reached_session').execute();
	// Two people's times and the centre's participations as their sum; the session and the centre's sessions; the target.
	expect((await mendCounts(db)).differing).toBe(2 + 1 + 1 + 1);
	expect(await kept(world.fresh)).toEqual(before);
	expect((await mendCounts(db)).differing).toBe(0);
});

it('the operation says with its exit code whether there was something to mend', async () => {
	const world = await aWorld();
	await record(0, ['present'])(world);
	await world.fresh.db.deleteFrom('reached_person').execute();
	vi.stubEnv('DATABASE_URL', world.fresh.url);
	onTestFinished(() => void vi.unstubAllEnvs());
	const said: string[] = [];
	const say = (text: string) => said.push(text);
	const ask = () => recount.run([], { say, warn: say, signal: new AbortController().signal });
	expect([await ask(), await ask()]).toEqual([8, 0]);
	expect(said).toEqual([
		expect.stringMatching(/^4 rows differed and were mended: \d+ rows now$/),
		expect.stringMatching(/^Nothing differed: \d+ rows$/)
	]);
});

it('a database from before them is given its counts, by the rules its cycles run', async () => {
	const { db, ring } = await freshDatabase();
	await loadExample(db, ring, { today: '2026-05-04' });
	await db.deleteFrom('project_target').execute(); // came later: every session counted for every target
	await db
		.updateTable('curriculum_version')
		.set({ reached_count: 5 })
		.where('id', '=', VERSIONS.incredibleMe)
		.execute();
	expect((await mendCounts(db)).differing).toBeGreaterThan(100);
	const before = await mendCounts(db);
	for (const table of ['person', 'session', 'centre', 'target'])
		await db.schema.dropTable(`reached_${table}`).execute();
	await db.schema.dropTable('count_lock').execute();
	await up(db as never);
	await countByRule(db as never);
	expect(await mendCounts(db)).toEqual(before);
	expect(before).toMatchObject({ differing: 0 });
	expect(before.kept).toBeGreaterThan(500);
});
