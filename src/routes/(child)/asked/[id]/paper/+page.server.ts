import { paperCode } from '#lib/features/asking/paper.rules.ts';
import { listHelpAt } from '#lib/features/directory/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { seenForm } from '../seen.server.ts';
import type { PageServerLoad } from './$types';

/** Numbers to call that a sheet has room for. */
const MOST_NUMBERS = 2;

export const load: PageServerLoad = async (event) => {
	const form = await seenForm(event);
	const { db, scope, now } = ctxOf(event.locals);
	const anywhere = { sectionId: scope.sectionId, sessionId: '' };
	const lines = await listHelpAt({ db, now }, anywhere, event.locals.locale);
	return {
		...{ version: event.params.id, form, paper: paperCode(form) },
		help: lines.filter(({ phone }) => phone !== null).slice(0, MOST_NUMBERS)
	};
};
