import { randomUUID } from 'node:crypto';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { log } from '#lib/platform/log/log.ts';
import { asAsked, formFor, isOpen, type Item } from '#lib/features/asking/bank.rules.ts';
import { listAsked } from '#lib/features/asking/queries.server.ts';
import type { Asked } from '#lib/features/asking/types.ts';
import { memberAges } from './members.queries.server.ts';
import { agesFor, isCounted } from './rules.ts';
import type { Ballot, Given } from './types.ts';
import { startWordClocks } from './word-clocks.commands.server.ts';
import type { FormLength, Row } from '#lib/platform/db/schema.ts';
import type { StoredStatus } from '#lib/platform/db/vocabularies.ts';

/** Bytes a sealed ballot and sealed words are filled up to, so that their length tells no answer. */
const BALLOT_BLOCK = 4096;
const WORDS_BLOCK = 512;

/** A ballot as it lies sealed in its row; its state is the row's. */
export type SealedBallot = Omit<Ballot, 'state'>;

export function sealBallot(ring: KeyRing, id: string, ballot: SealedBallot): Sealed {
	const { band, begun, at, answers } = ballot;
	const text = JSON.stringify({ band, begun, at, answers });
	return seal(ring, ballotPlace(id), text, BALLOT_BLOCK);
}

export function openBallot(ring: KeyRing, row: { id: string; answers_sealed: Sealed }) {
	return JSON.parse(open(ring, ballotPlace(row.id), row.answers_sealed)) as SealedBallot;
}

function ballotPlace(id: string) {
	return { table: 'feedback_ballot', column: 'answers_sealed', row: id };
}

/**
 * Closes a code, counts the ballots that were sent, and destroys them all. Afterwards nothing
 * tells which answers came from one child. Of a cancelled session nothing is counted, nor where more were
 * begun than there are members it is for (places, where no member is written down; heads, without a cohort): nobody knows whose these are. False when it was closed already. Within a transaction: the
 * code's row is taken first, so that a ballot begun at the same moment is counted or refused, not lost.
 */
export async function closeAndCount(
	trx: Db,
	ring: KeyRing,
	{ codeId, now }: { codeId: string; now: number }
): Promise<boolean> {
	const code = await trx
		.updateTable('feedback_code')
		.set({ closed_at: now })
		.where('id', '=', codeId)
		.where('closed_at', 'is', null)
		.returning(['session_id', 'section_id', 'audience', 'length', 'started_count', 'asks_words'])
		.returning('asked_version_id')
		.executeTakeFirst();
	if (!code) return false;
	const ballots = await trx
		.deleteFrom('feedback_ballot')
		.where('code_id', '=', codeId)
		.returning(['id', 'state', 'answers_sealed'])
		.execute();
	const { status, memberCount } = await membersOf(trx, code);
	await trx
		.updateTable('feedback_code')
		.set({ member_count: memberCount })
		.where('id', '=', codeId)
		.execute();
	if (status === 'cancelled' || !isCounted(code.started_count, memberCount)) return true;
	const asked = (await listAsked(trx, [code.asked_version_id])).get(code.asked_version_id ?? '');
	const given = ballots
		.filter(({ state }) => state === 'sent')
		.flatMap((row) => answersOf(readable(ring, row, code.session_id), { ...code, asked }));
	await insertCounts(trx, { code_id: codeId, section_id: code.section_id }, given);
	await insertWords(trx, ring, { code_id: codeId, section_id: code.section_id }, given);
	await startWordClocks(trx, now, codeId);
	return true;
}

/** Whether a code's session was cancelled, and how many there are whom the code is for. */
export async function membersOf(
	trx: Db,
	{ session_id, audience }: Pick<Row<'feedback_code'>, 'session_id' | 'audience'>
): Promise<{ status: StoredStatus; memberCount: number }> {
	const session = await trx
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select(['session.status', 'session.headcount', 'cohort.capacity'])
		.where('session.id', '=', session_id)
		.executeTakeFirstOrThrow();
	const members = (await memberAges(trx, [session_id])).get(session_id);
	const memberCount = members
		? agesFor(members, audience).length
		: (session.capacity ?? session.headcount ?? 0);
	return { status: session.status, memberCount };
}

/** A damaged ballot is left out and named in the log by its session: one must not keep the others from being heard. */
function readable(
	ring: KeyRing,
	row: { id: string; answers_sealed: Sealed },
	sessionId: string
): SealedBallot | null {
	try {
		return openBallot(ring, row);
	} catch (err) {
		log.error({ session: sessionId, err }, 'a ballot could not be read and is not counted');
		return null;
	}
}

interface Counted extends Given {
	form: string;
	item: Item;
	isOpen: boolean;
}

/** Every item of the ballot's form; those it does not answer were not shown. */
function answersOf(
	ballot: SealedBallot | null,
	code: { length: FormLength; asks_words: number; asked: Asked | undefined }
): Counted[] {
	if (!ballot) return [];
	const { band, answers } = ballot;
	if (!band) return [];
	const form = asAsked(formFor(band, code.length, code.asked ?? null), code.asks_words === 1);
	return form.items.map((item) => ({
		form: form.id,
		item,
		isOpen: isOpen(item, form),
		...(answers[item] ?? { answer: 'not_shown' })
	}));
}

type Keys = { code_id: string; section_id: string };

/** In the order of the alphabet: in that of the ballots, the first rows would be the first child's answers. */
async function insertCounts(trx: Db, keys: Keys, given: Counted[]): Promise<void> {
	const alike = Map.groupBy(given, ({ form, item, answer }) => [form, item, answer].join('|'));
	const rows = [...alike.keys()].sort().map((key) => {
		const same = alike.get(key)!;
		return {
			...keys,
			form: same[0]!.form,
			item: same[0]!.item,
			answer: same[0]!.answer,
			ballot_count: same.length
		};
	});
	if (rows.length > 0) await trx.insertInto('feedback_count').values(rows).execute();
}

/** In the order of their new random ids: words of one child do not lie side by side. */
async function insertWords(trx: Db, ring: KeyRing, keys: Keys, given: Counted[]): Promise<void> {
	const rows = given
		.filter(({ isOpen, words }) => isOpen && words)
		.map(({ form, item, words }) => {
			const id = randomUUID();
			return {
				...keys,
				id,
				form,
				item,
				words_sealed: seal(ring, wordsPlace(id), words!, WORDS_BLOCK)
			};
		})
		.sort((a, b) => (a.id < b.id ? -1 : 1));
	await insertAll(trx, 'feedback_words', rows);
}

export function openWords(ring: KeyRing, row: { id: string; words_sealed: Sealed }): string {
	return open(ring, wordsPlace(row.id), row.words_sealed);
}

function wordsPlace(id: string) {
	return { table: 'feedback_words', column: 'words_sealed', row: id };
}
