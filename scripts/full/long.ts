import { ofOne, type Count } from '../counts.ts';
import { heading, run } from '../parts.ts';

/** Every page in every language, width and look, with all that axe knows. */
export async function everyPage(): Promise<Count> {
	heading('every page, every way to look at it');
	const tour = ['test', 'tests/e2e/pages.test.ts', '--reporter=list'];
	return ofOne(await run('playwright', tour, { HALQA_TOUR: 'full' }));
}

/** 50,000 raw requests of one seed, and what they make the process grow by. */
export async function longFuzz(): Promise<Count> {
	heading('a long attack of raw requests');
	return ofOne(await run('node', ['scripts/bench.ts', 'fuzz', '--requests', '50000']));
}
