import { stepsOf } from '#lib/features/organisation/steps.rules.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import {
	closeConcernAction,
	handOverConcernAction,
	loadConcerns,
	loadWatch,
	missConcernAction,
	standInAction,
	takeConcernAction
} from '../safeguarding/concerns.server.ts';
import { loadNotices, seeNoticeAction } from './notices.server.ts';
import { loadReading } from '../reading/reading.server.ts';
import { loadProgress } from '../settings/organisation/progress.server.ts';
import { loadDay } from './day.server.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * Parts under one address, each read with its own permission: children's wishes to talk for who answers them, alone;
 * the day of who runs sessions; for who can name another focal point, that wishes wait or are late; and for who
 * sets the organisation up, what it still needs.
 */
export const load: PageServerLoad = async (event) => {
	const actor = actorOf(event.locals);
	return {
		concerns: can(actor, 'answer concerns') ? await loadConcerns(event) : null,
		watch: await loadWatch(event),
		notices: can(actor, 'change plans') ? await loadNotices(event) : [],
		reading: await loadReading(event.locals),
		progress: await whatIsMissing(event.locals),
		day: can(actor, 'take registers') ? await loadDay(event) : null
	};
};

/** What the organisation still needs to start working; null once it is all there, and for who cannot bring it. */
async function whatIsMissing(locals: App.Locals) {
	if (!can(actorOf(locals), 'run the organisation')) return null;
	const ctx = within(ctxOf(locals), 'run the organisation');
	const progress = await loadProgress(ctx, locals.locale);
	return stepsOf(progress).every(({ isDone }) => isDone) ? null : progress;
}

export const actions: Actions = {
	seeNotice: seeNoticeAction,
	takeConcern: takeConcernAction,
	standIn: standInAction,
	closeConcern: closeConcernAction,
	missConcern: missConcernAction,
	handOverConcern: handOverConcernAction
};
