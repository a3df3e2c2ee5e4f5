import { asAsked, formsFor, type Form } from '#lib/features/asking/bank.rules.ts';
import { paperCode } from '#lib/features/asking/paper.rules.ts';
import { askedIn } from '#lib/features/asking/queries.server.ts';
import { listSessionsById, mayOpen } from '#lib/features/sessions/queries.server.ts';
import type { SessionCard } from '#lib/features/sessions/types.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { ranBy } from './ran-by.queries.server.ts';
import { answeringTime, FRESH_DAYS } from './rules.ts';

/** Sessions a list shows at most. */
const MOST_LISTED = 40;

/**
 * How typing in stands for a session. `ran`: who ran it sees no single sheet. `counted`: its answers are counted, and
 * results appear once. `can_open`: it has no code, and one for paper may be opened; `open`: sheets are taken.
 */
export type PaperState =
	| { state: 'ran' | 'counted' | 'too_early' | 'over' | 'can_open' }
	| { state: 'open'; isPaper: boolean; codes: PaperCodeRow[]; typedCount: number };

/** An open code sheets may be typed in under, and the forms it asks, by what is printed on them. */
export interface PaperCodeRow {
	codeId: string;
	forms: { paper: string; form: Form }[];
}

/** Sessions of the last days whose paper forms the actor may type in, latest first. */
export async function listForPaper(
	ctx: Context,
	{ today }: { today: string },
	locale: Locale
): Promise<SessionCard[]> {
	const rows = await ctx.db
		.selectFrom('session')
		.leftJoin('feedback_code as code', (join) =>
			join.onRef('code.session_id', '=', 'session.id').on('code.number', '=', 1)
		)
		.select(['session.id'])
		.where('session.on_date', '>=', addDays(today, -FRESH_DAYS))
		.where('session.on_date', '<=', today)
		.where('session.status', '<>', 'cancelled')
		.where((eb) => eb.or([eb('code.id', 'is', null), eb('code.closed_at', 'is', null)]))
		.where(mayOpen(ctx))
		.orderBy('session.on_date', 'desc')
		.orderBy('session.start_time', 'desc')
		.orderBy('session.id')
		.limit(MOST_LISTED)
		.execute();
	const ids = rows.map(({ id }) => id);
	const ran = await ranBy(ctx, ids);
	const cards = await listSessionsById(
		ctx,
		ids.filter((id) => !ran.has(id)),
		locale
	);
	return cards.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** How typing in stands for a session within reach. */
export async function findPaperState(ctx: Context, session: SessionCard): Promise<PaperState> {
	if ((await ranBy(ctx, [session.id])).has(session.id)) return { state: 'ran' };
	const rows = await ctx.db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.leftJoin('asked_version as asked', 'asked.id', 'code.asked_version_id')
		.leftJoin('paper_entry as entry', (join) =>
			join.onRef('entry.code_id', '=', 'code.id').on('entry.account_id', '=', ctx.actor.accountId)
		)
		.select(['code.id', 'code.length', 'code.audience', 'code.asks_words', 'code.is_paper'])
		.select(['code.closed_at', 'code.fresh_on as freshOn', 'entry.sheet_count'])
		.select(['session.status', 'session.on_date as date', 'session.start_time as time'])
		.select(['session.zone', 'asked.id as asked_id', 'asked.number as asked_number'])
		.select('asked.content')
		.where('code.session_id', '=', session.id)
		.orderBy('code.number')
		.execute();
	const open = rows.filter(
		(row) => row.closed_at === null && answeringTime(row, ctx.now) === 'now'
	);
	if (open.length > 0)
		return {
			...{ state: 'open', isPaper: open.some(({ is_paper }) => is_paper === 1) },
			codes: open.map((row) => ({ codeId: row.id, forms: formsOf(row) })),
			typedCount: open.reduce((sum, { sheet_count }) => sum + (sheet_count ?? 0), 0)
		};
	return { state: rows.length > 0 ? 'counted' : openingTime(session, ctx.now) };
}

/** Whether a code for paper may be opened: from the session's start, for as many days as a fresh one. */
function openingTime(session: SessionCard, now: number): 'can_open' | 'too_early' | 'over' {
	const isOver = dateIn(session.zone, now) > addDays(session.date, FRESH_DAYS);
	if (session.status === 'cancelled' || isOver) return 'over';
	const time = answeringTime({ ...session, status: 'planned' }, now);
	return time === 'too_early' ? 'too_early' : 'can_open';
}

function formsOf(row: {
	length: 'pulse' | 'full';
	audience: 'children' | 'caregivers' | null;
	asks_words: number;
	asked_id: string | null;
	asked_number: number | null;
	content: string | null;
}): PaperCodeRow['forms'] {
	return formsFor(row.length, askedIn(row))
		.filter(
			({ band }) => row.audience === null || (band === 'adult') === (row.audience === 'caregivers')
		)
		.map((form) => asAsked(form, row.asks_words === 1))
		.map((form) => ({ paper: paperCode(form), form }));
}

/** The code and form a sheet's printed code is of; undefined when it is of none that is open. */
export function formOnPaper(
	codes: readonly PaperCodeRow[],
	paper: string
): { codeId: string; form: Form } | undefined {
	for (const { codeId, forms } of codes) {
		const found = forms.find((one) => one.paper === paper);
		if (found) return { codeId, form: found.form };
	}
	return undefined;
}
