import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { scopeOf, type JobActor } from '#lib/platform/access/actor.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { writeAudit } from '#lib/platform/command/audit.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { ERASURE_REASONS } from '#lib/platform/db/vocabularies.ts';
import { rememberErased } from './commands.server.ts';
import { eraseRows } from './tables.commands.server.ts';

/**
 * Whom no backup may bring back stands in the database, and beside the key ring in a file of ids, since a restored
 * database knows only who was erased before it. Both are made equal at every start, before anybody is served.
 */

const receipt = z.strictObject({
	id: z.string(),
	number: z.number(),
	reason: z.enum(ERASURE_REASONS),
	asked_by: z.string(),
	asked_at: z.number(),
	confirmed_by: z.string().nullable(),
	erased_on: z.string().nullable(),
	removed: z.string()
});
const line = z.strictObject({
	former: z.string(),
	section: z.string(),
	at: z.number(),
	receipt: receipt.nullable()
});
type Line = z.output<typeof line>;

/** The file beside a key ring. */
export function ledgerBeside(keyRingFile: string): string {
	return join(dirname(keyRingFile), 'erased.jsonl');
}

/** Whether somebody was erased who is not in the file yet. */
export async function isLedgerBehind(db: Db, file: string): Promise<boolean> {
	const rows = await db.selectFrom('erased_person').select('former_id').execute();
	if (rows.length === 0) return false;
	const listed = new Set(readLedger(file).map(({ former }) => former));
	return rows.some(({ former_id }) => !listed.has(former_id));
}

/** Puts everybody who was erased into the file, whole or not at all; who is in it stays in it. */
export async function writeLedger(db: Db, file: string): Promise<void> {
	const lines = new Map(readLedger(file).map((one) => [one.former, one]));
	for (const one of await linesOf(db)) lines.set(one.former, one);
	const unfinished = `${file}.new`;
	const handle = openSync(unfinished, 'w', 0o600);
	for (const one of lines.values()) writeSync(handle, `${JSON.stringify(one)}\n`);
	fsyncSync(handle);
	closeSync(handle);
	renameSync(unfinished, file);
}

/**
 * Erases again whoever is in the file and in a database that was restored from before: each section in one transaction.
 * Answers how many came back and were erased. Throws when the file is damaged: nobody may be served before.
 */
export async function replayErasures(
	db: Db,
	ring: KeyRing,
	{ file, now }: { file: string; now: number }
): Promise<number> {
	const known = new Set((await linesOf(db)).map(({ former }) => former));
	const missing = readLedger(file).filter(({ former }) => !known.has(former));
	let count = 0;
	for (const [sectionId, lines] of Map.groupBy(missing, ({ section }) => section))
		count += await replaySection(db, ring, { sectionId, lines, now });
	return count;
}

async function replaySection(
	db: Db,
	ring: KeyRing,
	{ sectionId, lines, now }: { sectionId: string; lines: readonly Line[]; now: number }
): Promise<number> {
	const section = await db
		.selectFrom('section')
		.select('zone')
		.where('id', '=', sectionId)
		.executeTakeFirst();
	if (!section) return 0; // it is no more, or not yet
	return db.transaction().execute(async (trx) => {
		const ctx = jobContext(trx, ring, { sectionId, now });
		await writeReceipts(ctx, lines);
		const formerIds = lines.map(({ former }) => former);
		const back = await trx
			.selectFrom('person')
			.select('id')
			.where('section_id', '=', sectionId)
			.where('id', 'in', formerIds)
			.execute();
		const ids = back.map(({ id }) => id);
		if (ids.length > 0) {
			await eraseRows(ctx, ids, dateIn(section.zone, now));
			await writeAudit(ctx, {
				action: 'erase again',
				objectType: 'section',
				objectId: sectionId,
				fields: ['person']
			});
		}
		for (const [erasureId, some] of Map.groupBy(lines, ({ receipt }) => receipt?.id ?? null))
			await rememberErased(
				ctx,
				some.map(({ former }) => former),
				erasureId
			);
		return ids.length;
	});
}

/** Receipts the restored database does not know; one that waited in it was confirmed since. */
async function writeReceipts({ db, scope }: Context, lines: readonly Line[]): Promise<void> {
	const receipts = new Map(
		lines.flatMap(({ receipt }) => (receipt ? [[receipt.id, receipt]] : []))
	);
	if (receipts.size === 0) return;
	await db
		.deleteFrom('erasure')
		.where('id', 'in', [...receipts.keys()])
		.execute();
	await insertAll(
		db,
		'erasure',
		[...receipts.values()].map((one) => ({
			...one,
			...{ section_id: scope.sectionId, person_id: null, dropped_at: null }
		}))
	);
}

/** What nobody asks for, in a whole section. */
export function jobContext(
	db: Db,
	ring: KeyRing,
	{ sectionId, now }: { sectionId: string; now: number }
): Context {
	const actor: JobActor = {
		...{ kind: 'job', job: 'erasure', sectionId, accountId: '', reach: null, roles: [] }
	};
	return { db, ring, actor, scope: scopeOf(actor, 'erase people')!, now };
}

async function linesOf(db: Db): Promise<Line[]> {
	const rows = await db
		.selectFrom('erased_person as gone')
		.leftJoin('erasure', 'erasure.id', 'gone.erasure_id')
		.select(['gone.former_id', 'gone.section_id', 'gone.erased_at'])
		.select(['erasure.id', 'erasure.number', 'erasure.reason', 'erasure.asked_by'])
		.select(['erasure.asked_at', 'erasure.confirmed_by', 'erasure.erased_on', 'erasure.removed'])
		.execute();
	return rows.map(({ former_id, section_id, erased_at, ...row }) => ({
		...{ former: former_id, section: section_id, at: erased_at },
		receipt: row.id === null ? null : receipt.parse(row)
	}));
}

function readLedger(file: string): Line[] {
	if (!existsSync(file)) return [];
	try {
		const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
		return lines.map((text) => line.parse(JSON.parse(text)));
	} catch (error) {
		throw new Error(
			`The list of who was erased, ${file}, is damaged: restore the copy you keep of it beside the key ring`,
			{ cause: error }
		);
	}
}
