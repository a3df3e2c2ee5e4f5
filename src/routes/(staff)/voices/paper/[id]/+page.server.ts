import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { codeForm, sheetsForm } from '#lib/features/feedback/forms.ts';
import {
	closePaper,
	enterPaper,
	openForPaper
} from '#lib/features/feedback/paper.commands.server.ts';
import { findPaperState, formOnPaper } from '#lib/features/feedback/paper.queries.server.ts';
import {
	ENTER_REFUSALS,
	OPEN_PAPER_REFUSALS,
	PAPER_REFUSALS
} from '#lib/features/feedback/refusals.ts';
import { MOST_SHEETS } from '#lib/features/feedback/sheets.rules.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { latinDigits } from '#lib/platform/forms/digits.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const ctx = ctxOf(locals);
	const session = await findSession(ctx, params.id, locals.locale);
	if (!session) error(404, m.error_not_found());
	const stands = await findPaperState(ctx, session);
	const paper = latinDigits(url.searchParams.get('paper') ?? '').trim();
	const found = stands.state === 'open' ? formOnPaper(stands.codes, paper) : undefined;
	return {
		// the words beside a headcount may name somebody
		session: { ...session, headcountReason: null },
		...{ state: stands.state, paper, most: MOST_SHEETS },
		typedCount: stands.state === 'open' ? stands.typedCount : 0,
		isPaper: stands.state === 'open' && stands.isPaper,
		sheet: found?.form ?? null,
		entry: openForm(event, { paper }),
		open: openForm(event),
		close: openForm(event)
	};
};

export const actions: Actions = {
	open: commandAction({
		form: codeForm,
		as: 'open',
		run: (ctx, { once, event, locale }) =>
			openForPaper(ctx, { sessionId: event.params.id }, { once, locale }),
		refused: OPEN_PAPER_REFUSALS,
		to: (_, { event }) => `/voices/paper/${event.params.id}?done=paper_open`
	}),
	enter: commandAction({
		form: sheetsForm,
		as: 'entry',
		run: (ctx, { data, once, event, locale }) => {
			const { paper, sheet: cells } = data;
			return enterPaper(ctx, { sessionId: event.params.id, paper, cells }, { once, locale });
		},
		refused: ENTER_REFUSALS,
		to: (_, { data, event }) =>
			`/voices/paper/${event.params.id}?paper=${encodeURIComponent(data.paper)}&done=paper_saved`
	}),
	close: commandAction({
		form: codeForm,
		as: 'close',
		run: (ctx, { once, event, locale }) =>
			closePaper(ctx, { sessionId: event.params.id }, { once, locale }),
		refused: PAPER_REFUSALS,
		to: () => '/voices/paper?done=paper_closed'
	})
};
