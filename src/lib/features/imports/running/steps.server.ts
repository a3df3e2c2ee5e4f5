import { scopeOf, type JobActor } from '#lib/platform/access/actor.ts';
import { can } from '#lib/platform/access/roles.ts';
import type { Clock } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { findActor } from '#lib/platform/login/sessions.ts';
import { ownTurn } from '#lib/platform/reader/turn.ts';
import { newPaces, type Stopwatch } from './pace.ts';
import { asImport, type Import } from '../queries.server.ts';
import { keepCheck, takeStep, type Going } from './stages.server.ts';
import type { Stage } from '../types.ts';

/** What goes on without a request: the house has it. */
export interface Env {
	db: Db;
	ring: KeyRing;
	clock: Clock;
	/** What the pace of steps goes by; that of the machine unless given. */
	stopwatch?: Stopwatch;
}

/** Stages that go on by themselves. */
export const MOVING: readonly Stage[] = ['checking', 'running', 'undoing'];

/** What is read of an import before each step; its setup is opened once. */
const STANDING = ['id', 'section_id', 'stage', 'position', 'version', 'created_by'] as const;
type Standing = Pick<Row<'import'>, (typeof STANDING)[number]>;

/**
 * Takes steps of one import until it is through or so many milliseconds are over. It stands still when who
 * made it may no longer import. Answers where it stands then; undefined when it is gone.
 */
export async function takeSteps(
	env: Env,
	id: string,
	budgetMs: number
): Promise<Stage | undefined> {
	const stopwatch = env.stopwatch ?? (() => performance.now());
	const until = stopwatch() + budgetMs;
	const paces = newPaces(stopwatch);
	let going: Going | undefined;
	for (;;) {
		const row = await standingOf(env.db, id);
		if (!row || !MOVING.includes(row.stage)) return row?.stage;
		if (stopwatch() >= until) {
			if (going) await keepCheck(env, going);
			return row.stage;
		}
		const ctx = await contextOf(env, row);
		if (!ctx) return row.stage;
		if (!going || !isWhereLeft(going, row)) {
			const item = await openImport(env, id);
			if (!item) return undefined;
			going = { item, kept: { position: item.position, at: stopwatch() }, paces, stopwatch };
		}
		if (!(await takeStep(ctx, going))) going = undefined;
		await ownTurn(); // others are served between two steps
	}
}

function standingOf(db: Db, id: string): Promise<Standing | undefined> {
	return db.selectFrom('import').select(STANDING).where('id', '=', id).executeTakeFirst();
}

async function openImport({ db, ring }: Env, id: string): Promise<Import | undefined> {
	const row = await db.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirst();
	return row && asImport(ring, row);
}

/** False when somebody else went on with it, or changed it. */
function isWhereLeft({ item, kept }: Going, { stage, position, version }: Standing): boolean {
	return item.stage === stage && item.version === version && kept.position === position;
}

/**
 * A step is taken by a job of the section that names who made the import: what it checks and writes stays within
 * their reach. What a run did was within it, whoever takes it back. Undefined when they may import no more.
 */
async function contextOf({ db, ring, clock }: Env, row: Standing): Promise<Context | undefined> {
	const maker = row.stage === 'undoing' ? null : await findActor(db, ring, row.created_by);
	if (maker === undefined || (maker && !can(maker, 'import lists'))) return undefined;
	const actor: JobActor = {
		...{ kind: 'job', job: 'import', sectionId: row.section_id, roles: [] },
		...{ accountId: row.created_by, reach: maker?.roles ?? null }
	};
	return { db, ring, actor, scope: scopeOf(actor, 'import lists')!, now: clock() };
}
