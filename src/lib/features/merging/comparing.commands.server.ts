import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Clock } from '#lib/platform/clock/zone.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { takeChanged } from '#lib/features/people/changed.commands.server.ts';
import { namesAlike } from '#lib/features/people/names.rules.ts';
import { openName } from '#lib/features/people/queries.server.ts';

/** People compared in one transaction, and the most others with like fingerprints that are opened for them. */
const AT_ONCE = 10;
const MOST_CANDIDATES = 2000;
/** Pairs of one person that are kept: of a very common name there could be thousands. */
const MOST_PAIRS = 20;

type NewPair = Omit<NewRow<'possible_pair'>, 'found_at'>;

/** Whether anybody is to be compared with others. */
export async function areChanged(db: Db): Promise<boolean> {
	return (
		(await db.selectFrom('changed_person').select('person_id').limit(1).executeTakeFirst()) !==
		undefined
	);
}

/**
 * Compares everybody who is new or changed with those of like names, no other sex and born a year apart at most (two where a year was counted from an age),
 * and keeps the pairs that may be one person. Some people at a time, and as long for everybody else in between; ends
 * soon after `stop`.
 */
export async function findPairs(
	db: Db,
	ring: KeyRing,
	{ clock, stop }: { clock: Clock; stop: AbortSignal }
): Promise<void> {
	while (!stop.aborted) {
		const startedAt = performance.now();
		if (!(await compareSome(db, ring, clock()))) return;
		await setTimeout(performance.now() - startedAt);
	}
}

/** False when nobody was left to compare. */
function compareSome(db: Db, ring: KeyRing, found_at: number): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const ids = await takeChanged(trx, AT_ONCE);
		if (ids.length === 0) return false;
		await trx
			.deleteFrom('possible_pair')
			.where((eb) => eb.or([eb('first_id', 'in', ids), eb('second_id', 'in', ids)]))
			.execute();
		const pairs = await alikePairs(trx, ring, ids);
		await inBatches(pairs, (batch) =>
			trx
				.insertInto('possible_pair')
				.values(batch.map((pair) => ({ ...pair, found_at })))
				.onConflict((conflict) => conflict.doNothing())
				.execute()
		);
		return true;
	});
}

/** Where too many are alike, fewer at once: one common name must not take the place of others'. */
async function alikePairs(db: Db, ring: KeyRing, ids: readonly string[]): Promise<NewPair[]> {
	const rows = await db
		.selectFrom('person as a')
		.crossJoin('person as b')
		.select(['a.section_id', 'a.id as a_id', 'a.name_sealed as a_name'])
		.select(['b.id as b_id', 'b.name_sealed as b_name'])
		.where('a.id', 'in', ids)
		.where('a.name_key', '<>', '')
		.where(({ and, eb, or, ref }) =>
			and([
				eb('b.section_id', '=', ref('a.section_id')),
				eb('b.name_key', '=', ref('a.name_key')),
				eb('b.id', '<>', ref('a.id')),
				sql<boolean>`abs(b.birth_year - a.birth_year) <=
					1 + case when a.birth_year_from_age + b.birth_year_from_age > 0 then 1 else 0 end`,
				or([eb('a.sex', '=', ref('b.sex')), eb('a.sex', '=', 'other'), eb('b.sex', '=', 'other')])
			])
		)
		.limit(MOST_CANDIDATES)
		.execute();
	if (rows.length === MOST_CANDIDATES && ids.length > 1) {
		const half = Math.ceil(ids.length / 2);
		const pairs = await alikePairs(db, ring, ids.slice(0, half));
		return [...pairs, ...(await alikePairs(db, ring, ids.slice(half)))];
	}
	const names = new Map<string, string>();
	const nameOf = (id: string, sealed: (typeof rows)[number]['a_name']) => {
		const name = names.get(id) ?? openName(ring, id, sealed);
		names.set(id, name);
		return name;
	};
	return [...Map.groupBy(rows, ({ a_id }) => a_id).values()].flatMap((candidates) =>
		candidates
			.filter(({ a_id, a_name, b_id, b_name }) =>
				namesAlike(nameOf(a_id, a_name), nameOf(b_id, b_name))
			)
			.slice(0, MOST_PAIRS)
			.map(({ section_id, a_id, b_id }) => ({
				...{ first_id: a_id < b_id ? a_id : b_id, second_id: a_id < b_id ? b_id : a_id },
				section_id
			}))
	);
}
