import { redirect } from '@sveltejs/kit';
import { readCode } from '#lib/features/feedback/codes.queries.server.ts';
import { forgetDevice, keepLanguage, speakBeforeCode } from './code.server.ts';
import { forgetStep } from './steps.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Takes a code as typed to its page. Whether it opens anything is told there, to all alike. */
export const load: PageServerLoad = async (event) => {
	keepLanguage(event, event.url.searchParams.get('lang'));
	await speakBeforeCode(event);
	const typed = event.url.searchParams.get('code')?.slice(0, 40);
	if (typed === undefined) return { typed: '', problem: null };
	const code = readCode(typed);
	if (code) redirect(303, `/s/${code}`);
	return { typed, problem: typed.trim() ? ('odd' as const) : ('empty' as const) };
};

export const actions: Actions = {
	/** The way out of every page for children: whoever takes the tablet next finds nothing on it. */
	leave: (event) => {
		forgetDevice(event);
		forgetStep(event);
		redirect(303, '/s');
	}
};
