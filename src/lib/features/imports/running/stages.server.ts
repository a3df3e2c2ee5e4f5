import type { Kysely, UpdateObject } from 'kysely';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { writeAudit } from '#lib/platform/command/audit.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { checkStep, comingOf, type Checked } from '../matching/checking.server.ts';
import type { Judged } from '../matching/judged.ts';
import type { Paces, Stopwatch } from './pace.ts';
import { sealSetup, type Import } from '../queries.server.ts';
import { stepRows } from '../rules.ts';
import { nextRows, runStep } from './running.server.ts';
import type { Stage, Stayed } from '../types.ts';
import { nextChanges, undoStep } from './undoing.server.ts';

/** What a check found out about groups is sealed and kept so often; a process that dies does so much again. */
const KEEP_MS = 500;

/** An import while it is gone on with: opened once, not for each step. */
export interface Going {
	/** As it stands by now. */
	item: Import;
	/** Where it stands in the database: a check is ahead of it. */
	kept: { position: number; at: number };
	paces: Paces;
	stopwatch: Stopwatch;
}

/** Takes the next step of a stage. False when somebody else took it meanwhile: then nothing happened. */
export function takeStep(ctx: Context, going: Going): Promise<boolean> {
	const { stage } = going.item;
	if (stage === 'checking') return check(ctx, going);
	return stage === 'running' ? run(ctx, going) : undo(ctx, going);
}

/**
 * A step of the check writes its verdicts; how far it is, its counts and its groups are kept now and then and at
 * its end. Rows that are judged again get the same verdicts.
 */
async function check(ctx: Context, going: Going): Promise<boolean> {
	const { item, paces } = going;
	if (item.position === 0) item.setup.coming = await comingOf(ctx, item);
	return paces.check.step(async (size) => {
		const checked = await checkStep(ctx, item, size);
		const isKept = checked.isLast || going.stopwatch() - going.kept.at >= KEEP_MS;
		item.counts = checked.counts;
		item.position = checked.next;
		const change = isKept ? keptOf(ctx, item, checked) : UNCHANGED;
		const isTaken = await step(ctx, going, change, (ctx) => keepVerdicts(ctx, item, checked.rows));
		if (isTaken && isKept) going.kept = { position: item.position, at: going.stopwatch() };
		return isTaken;
	}, stepRows(item.setup));
}

/** Keeps how far a check is that is not gone on with for now. */
export async function keepCheck(ctx: Pick<Context, 'db' | 'ring'>, going: Going): Promise<void> {
	if (going.item.stage !== 'checking' || going.item.position === going.kept.position) return;
	await claim(ctx.db, going, keptOf(ctx, going.item, { isLast: false }));
}

function keptOf(
	{ ring }: Pick<Context, 'ring'>,
	{ id, position, counts, setup }: Import,
	{ isLast }: Pick<Checked, 'isLast'>
): Change {
	return {
		position,
		counts: JSON.stringify(counts),
		setup_sealed: sealSetup(ring, id, setup),
		...(isLast && { stage: 'preview' })
	};
}

async function run(ctx: Context, going: Going): Promise<boolean> {
	const { item, paces } = going;
	const isTaken = await paces.run.step(async (size) => {
		const waiting = await nextRows(ctx, item, size);
		const last = waiting.at(-1);
		if (!last) return undefined;
		return step(ctx, going, { position: last.position + 1 }, async (ctx) => {
			await lockSection(ctx);
			const { rows, counts } = await runStep(ctx, item, waiting);
			await keepVerdicts(ctx, item, rows);
			await keepCounts(ctx, item, counts);
			item.counts = counts;
		});
	}, stepRows(item.setup));
	return isTaken ?? finish(ctx, going, { stage: 'done', action: 'run import' });
}

async function undo(ctx: Context, going: Going): Promise<boolean> {
	const { item, paces } = going;
	const isTaken = await paces.undo.step(async (size) => {
		const entries = await nextChanges(ctx, item, size);
		if (entries.length === 0) return undefined;
		const change = { position: item.position + entries.length };
		return step(ctx, going, change, async (ctx) => {
			await lockSection(ctx);
			await keepStayed(ctx, item, await undoStep(ctx, item, entries));
		});
	});
	return isTaken ?? finish(ctx, going, { stage: 'undone', action: 'undo import' });
}

/** What stays is kept with the setup, which is sealed again only where there is more of it. */
async function keepStayed(ctx: Context, item: Import, stayed: readonly Stayed[]): Promise<void> {
	const before = item.setup.stayed ?? [];
	const byId = new Map([...before, ...stayed].map((one) => [`${one.table} ${one.id}`, one]));
	const all = [...byId.values()];
	if (all.length === before.length) return;
	item.setup.stayed = all;
	item.counts = { ...item.counts, stayed: all.length };
	await ctx.db
		.updateTable('import')
		.set({ setup_sealed: sealSetup(ctx.ring, item.id, item.setup) })
		.where('id', '=', item.id)
		.execute();
	await keepCounts(ctx, item, item.counts);
}

/**
 * The rows of a file are somebody's words: they are gone once nothing is left to do with them, some in each step. The
 * last step is written down as done by the job, with whoever began it.
 */
function finish(
	ctx: Context,
	going: Going,
	{ stage, action }: { stage: Stage; action: string }
): Promise<boolean> {
	const { item, paces } = going;
	return paces.forget.step(async (size) => {
		const until = await endOfFirst(ctx, item, size);
		if (until !== null)
			return step(ctx, going, { position: item.position + 1 }, (ctx) =>
				forgetRows(ctx, item, until)
			);
		return step(ctx, going, { stage, finished_at: ctx.now }, async (ctx) => {
			if (item.stage === 'undoing') {
				await lockSection(ctx);
				await undoStep(ctx, item, []);
			}
			await writeAudit(ctx, { action, objectType: 'import', objectId: item.id, fields: [] });
		});
	});
}

/** The position behind the first so many rows that are still there; null without any. */
async function endOfFirst(ctx: Context, { id }: Import, size: number): Promise<number | null> {
	const { first } = await ctx.db
		.selectFrom('import_row')
		.select((eb) => eb.fn.min('position').as('first'))
		.where('import_id', '=', id)
		.executeTakeFirstOrThrow();
	return first === null ? null : Number(first) + size;
}

async function forgetRows(ctx: Context, { id }: Import, until: number): Promise<void> {
	await ctx.db
		.deleteFrom('import_row')
		.where('import_id', '=', id)
		.where('position', '<', until)
		.execute();
}

type Change = UpdateObject<Tables, 'import'>;

/** Nothing of the import changes, but whoever wants to change it waits. */
const UNCHANGED: Change = { version: (eb) => eb.ref('version') };

/**
 * Takes one step in one transaction, unless somebody else took it meanwhile: then nothing happens. The
 * claim comes first, so that of two at once the second waits and finds the step taken.
 */
async function step(
	ctx: Context,
	going: Going,
	change: Change,
	work: (ctx: Context) => Promise<void>
): Promise<boolean> {
	const isTaken = await ctx.db.transaction().execute(async (trx: Kysely<Tables>) => {
		const isOurs = await claim(trx, going, change);
		if (isOurs) await work({ ...ctx, db: trx });
		return isOurs;
	});
	if (isTaken && typeof change.position === 'number') {
		going.item.position = change.position;
		going.kept = { ...going.kept, position: change.position };
	}
	return isTaken;
}

async function claim(
	db: Kysely<Tables>,
	{ item: { id, stage, version }, kept }: Going,
	change: Change
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('import')
		.set(change)
		.where('id', '=', id)
		.where('stage', '=', stage)
		.where('position', '=', kept.position)
		.where('version', '=', version)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

async function keepCounts(
	{ db }: Context,
	{ id }: Import,
	counts: Import['counts']
): Promise<void> {
	await db
		.updateTable('import')
		.set({ counts: JSON.stringify(counts) })
		.where('id', '=', id)
		.execute();
}

/** A decision belongs to whom the row may be: it is forgotten when that is somebody else now. */
async function keepVerdicts(ctx: Context, { id }: Import, rows: readonly Judged[]): Promise<void> {
	if (rows.length === 0) return;
	await ctx.db
		.insertInto('import_row')
		.values(
			rows.map(({ waiting, verdict, personId, matchKey, twin, problems }) => ({
				...{ import_id: id, position: waiting.position, section_id: ctx.scope.sectionId },
				...{ sheet: waiting.sheet, row_number: waiting.rowNumber, cells_sealed: waiting.sealed },
				...{ match_key: matchKey, verdict, person_id: personId, twin_position: twin },
				problems: problems.length === 0 ? null : JSON.stringify(problems),
				decision: personId === waiting.personId && twin === waiting.twin ? waiting.decision : null
			}))
		)
		.onConflict((conflict) =>
			conflict.columns(['import_id', 'position']).doUpdateSet((eb) => ({
				match_key: eb.ref('excluded.match_key'),
				verdict: eb.ref('excluded.verdict'),
				person_id: eb.ref('excluded.person_id'),
				twin_position: eb.ref('excluded.twin_position'),
				problems: eb.ref('excluded.problems'),
				decision: eb.ref('excluded.decision')
			}))
		)
		.execute();
}
