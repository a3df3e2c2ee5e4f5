import { startPostgres } from '../../tests/harness/postgres.ts';
import { NOTHING, ofOne, type Count } from '../counts.ts';
import { heading, run } from '../parts.ts';
import { vitest } from '../vitest.ts';

/** Every page in every language, width and look, with all that axe knows; every journey in both directions. */
export async function everyPage(): Promise<Count> {
	heading('every page, every way to look at it');
	const tour = ['test', '--reporter=list'];
	return ofOne(await run('playwright', tour, { HALQA_TOUR: 'full' }));
}

/** All tests of the running app on PostgreSQL, those that touch no rows as well. */
export async function everythingOnPostgres(): Promise<Count> {
	heading('the running app on PostgreSQL');
	const postgres = await startPostgres();
	if (!postgres) return { ...NOTHING, skipped: 1 };
	try {
		return await vitest(['server-postgres'], {
			DATABASE_URL_TEST: postgres.url,
			HALQA_POSTGRES: 'full'
		});
	} finally {
		await postgres.stop();
	}
}

/** 50,000 raw requests of one seed, and what they make the process grow by. */
export async function longFuzz(): Promise<Count> {
	heading('a long attack of raw requests');
	return ofOne(await run('node', ['scripts/bench.ts', 'fuzz', '--requests', '50000']));
}
