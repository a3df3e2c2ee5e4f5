import { redirect } from '@sveltejs/kit';
import { readCode } from '#lib/features/feedback/codes.ts';
import type { PageServerLoad } from './$types';

/** Takes a code as typed to its page. Whether it opens anything is told there, to all alike. */
export const load: PageServerLoad = ({ url }) => {
	const typed = url.searchParams.get('code')?.slice(0, 40);
	if (typed === undefined) return { typed: '', problem: null };
	const code = readCode(typed);
	if (code) redirect(303, `/s/${code}`);
	return { typed, problem: typed.trim() ? ('odd' as const) : ('empty' as const) };
};
