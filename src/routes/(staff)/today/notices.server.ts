import { noticeForm } from '#lib/features/changes/forms.ts';
import { listNotices } from '#lib/features/changes/list.queries.server.ts';
import { TELL_REFUSALS } from '#lib/features/changes/refusals.ts';
import { seeNotice } from '#lib/features/changes/telling.commands.server.ts';
import { within } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import type { PageServerLoadEvent } from './$types';

/** What changed in the sessions the reader runs, until they have seen it. */
export async function loadNotices({ locals }: Pick<PageServerLoadEvent, 'locals'>) {
	const notices = await listNotices(within(ctxOf(locals), 'change plans'), locals.locale);
	return notices.map((change) => ({ ...change, once: crypto.randomUUID() }));
}

export const seeNoticeAction = commandAction({
	form: noticeForm,
	as: 'notice',
	run: (ctx, { data, once }) => seeNotice(ctx, data, once),
	refused: TELL_REFUSALS,
	to: () => '/today?done=notice_seen'
});
