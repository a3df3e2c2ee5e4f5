import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Sealed } from '#lib/platform/crypto/sealed.ts';
import { GroupCommit } from '#lib/platform/db/group-commit.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { newBallot } from './ballot.rules.ts';
import { openBallot, sealBallot } from './counting.commands.server.ts';
import type { Ballot, OpenSession } from './types.ts';

/** A ballot as it was read. */
export interface KnownBallot {
	id: string;
	ballot: Ballot;
	/** How often it was stored. */
	version: number;
}

/** The code closed, or its day ended, while a child was answering. What was sent before is counted. */
export class NotOpen extends Error {}

/** Another request wrote first; read again. */
export class Overtaken extends Error {}

interface BallotWrite {
	/** Under which it is open: a fresh one takes the place of the digits. */
	code: string;
	codeId: string;
	sectionId: string;
	id: string;
	state: Exclude<Ballot['state'], 'new'>;
	sealed: Sealed;
	version: number;
	/** Whether it is counted as begun with this. */
	begins: boolean;
}

/** Children of a group answer at the same time. */
const writes = new GroupCommit<BallotWrite, boolean>(storeAll, ({ codeId, id }) =>
	[codeId, id].join(' ')
);

/** The ballot under an id; a new one when nothing is stored for it. */
export async function findBallot(
	{ db, ring }: { db: Db; ring: KeyRing },
	open: OpenSession,
	id: string
): Promise<KnownBallot> {
	const row = await db
		.selectFrom('feedback_ballot')
		.select(['id', 'state', 'answers_sealed', 'version'])
		.where('code_id', '=', open.codeId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row) return { id, ballot: newBallot(open), version: 0 };
	return { id, ballot: { state: row.state, ...openBallot(ring, row) }, version: row.version };
}

/**
 * Stores a ballot in place of the one that was read, durably, with those of others at the same moment. Throws
 * `Overtaken` when it was changed since, `NotOpen` when the code closed meanwhile.
 */
export async function storeBallot(
	{ db, ring }: { db: Db; ring: KeyRing },
	{ code, codeId, sectionId }: OpenSession,
	before: KnownBallot,
	after: Ballot
): Promise<void> {
	const isOpen = await writes.add(db, {
		code,
		codeId,
		sectionId,
		id: before.id,
		state: after.state === 'new' ? 'open' : after.state,
		sealed: sealBallot(ring, before.id, after),
		version: before.version + 1,
		begins: after.begun && !before.ballot.begun
	});
	if (!isOpen) throw new NotOpen();
}

/** Whether each one's code was open. In the order of the codes, so that no two processes wait for each other. */
async function storeAll(trx: Db, together: readonly BallotWrite[]): Promise<boolean[]> {
	const byCode = Map.groupBy(together, ({ code }) => code);
	const open = new Set<string>();
	for (const code of [...byCode.keys()].sort()) {
		const ofCode = byCode.get(code)!;
		if (!(await takeCode(trx, code, ofCode))) continue;
		await upsert(trx, ofCode);
		open.add(code);
	}
	return together.map(({ code }) => open.has(code));
}

/** Waits for a close that is under way, and counts the ballots that begin. False when the code is closed. */
async function takeCode(trx: Db, code: string, ofCode: readonly BallotWrite[]): Promise<boolean> {
	const begun = ofCode.filter(({ begins }) => begins).length;
	const { numUpdatedRows } = await trx
		.updateTable('feedback_code')
		.set((eb) => ({ started_count: eb('started_count', '+', begun) }))
		.where('code', '=', code)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Throws `Overtaken`, for all of them, when one was stored by somebody else since it was read. */
async function upsert(trx: Db, ofCode: readonly BallotWrite[]): Promise<void> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('feedback_ballot')
		.values(
			ofCode.map(({ codeId, sectionId, id, state, sealed, version }) => ({
				code_id: codeId,
				id,
				section_id: sectionId,
				state,
				answers_sealed: sealed,
				version
			}))
		)
		.onConflict((conflict) =>
			conflict
				.columns(['code_id', 'id'])
				.doUpdateSet((eb) => ({
					state: eb.ref('excluded.state'),
					answers_sealed: eb.ref('excluded.answers_sealed'),
					version: eb.ref('excluded.version')
				}))
				.whereRef('feedback_ballot.version', '=', (eb) => eb('excluded.version', '-', 1))
		)
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows !== BigInt(ofCode.length)) throw new Overtaken();
}
