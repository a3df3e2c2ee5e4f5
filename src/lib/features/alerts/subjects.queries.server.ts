import type { Db } from '#lib/platform/db/open.ts';
import type { AlertSubject } from '#lib/platform/db/vocabularies.ts';
import type { Waiting } from './types.ts';

type Read = (db: Db, ids: readonly string[]) => Promise<(Waiting & { id: string })[]>;

/** What is known of what waits, by its id: where it comes from and whom it is about, and nothing of its content. */
const READ: Readonly<Record<AlertSubject, Read>> = {
	concern: readConcerns,
	words: readWords,
	test: () => Promise.resolve([]) // a test waits for nobody
};

/** What is known of those that still wait; one that is missing is gone. */
export async function readWaiting(
	db: Db,
	subject: AlertSubject,
	ids: readonly string[]
): Promise<ReadonlyMap<string, Waiting>> {
	return new Map((await READ[subject](db, ids)).map((one) => [one.id, one]));
}

async function readConcerns(db: Db, ids: readonly string[]) {
	const rows = await db
		.selectFrom('concern')
		.leftJoin('session', 'session.id', 'concern.session_id')
		.select(['concern.id', 'concern.session_id', 'is_about_staff', 'raised_by'])
		.select((eb) => eb.fn.coalesce('session.centre_id', 'concern.centre_id').as('centre_id'))
		.where('concern.id', 'in', ids)
		.where('closed_at', 'is', null)
		.where('taken_at', 'is', null)
		.execute();
	return rows.map((row) => ({
		...{ id: row.id, sessionId: row.session_id, centreId: row.centre_id },
		...{ isAboutStaff: row.is_about_staff === 1, raisedBy: row.raised_by, onlyFor: null }
	}));
}

/** Words wait by the code they were written under, for those who are named to read them at its centre. */
async function readWords(db: Db, ids: readonly string[]) {
	const rows = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select(['code.id', 'code.session_id', 'code.section_id', 'session.centre_id'])
		.where('code.id', 'in', ids)
		.where('code.id', 'in', (eb) =>
			eb.selectFrom('feedback_words').select('code_id').where('state', '=', 'waiting')
		)
		.execute();
	if (rows.length === 0) return [];
	const named = await db
		.selectFrom('word_reader')
		.select(['section_id', 'centre_id', 'account_id'])
		.where(
			'section_id',
			'in',
			rows.map(({ section_id }) => section_id)
		)
		.execute();
	return rows.map((row) => ({
		...{ id: row.id, sessionId: row.session_id, centreId: row.centre_id },
		...{ isAboutStaff: false, raisedBy: null },
		onlyFor: named
			.filter(({ section_id }) => section_id === row.section_id)
			.filter(({ centre_id }) => centre_id === null || centre_id === row.centre_id)
			.map(({ account_id }) => account_id)
	}));
}
