import type { Context } from '#lib/platform/command/context.ts';
import { formatDate } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import { importsInScope, type Import } from './queries.server.ts';
import { idsIn } from './running/ledger.server.ts';
import type { StayedWhy } from './types.ts';

/** More than this is told as a number. */
const MOST_NAMED = 50;
/** Of later lists so much is looked through for what they hold on to; beyond it they are taken to. */
const MOST_ENTRIES = 200;

export interface StayedHere {
	/** A person's or cohort's name, or a session's cohort and date. */
	name: string;
	why: StayedWhy;
	href: string;
}

/** What of a list stayed when it was taken back, as far as it is within reach; and the later lists that hold on to it. */
export async function listStayed(
	ctx: Context,
	item: Import,
	locale: Locale
): Promise<{ stayed: StayedHere[]; more: number; later: { id: string; at: number }[] }> {
	const all = item.setup.stayed ?? [];
	const some = all.slice(0, MOST_NAMED);
	const ids = (table: string) => some.filter((one) => one.table === table).map(({ id }) => id);
	const names = new Map([
		...(await peopleNamed(ctx, ids('person'))),
		...(await cohortsNamed(ctx, ids('cohort'), locale)),
		...(await sessionsNamed(ctx, ids('session'), locale))
	]);
	const stayed = some.flatMap(({ id, why }) => {
		const named = names.get(id);
		return named ? [{ ...named, why }] : [];
	});
	const later =
		all.length === 0 ? [] : await laterLists(ctx, item, new Set(all.map(({ id }) => id)));
	return { stayed, more: all.length - some.length, later };
}

type Named = Pick<StayedHere, 'name' | 'href'>;

async function peopleNamed(ctx: Context, ids: readonly string[]): Promise<[string, Named][]> {
	if (ids.length === 0) return [];
	const rows = await ctx.db
		.selectFrom('person')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', ids)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('centre_id', 'in', ctx.scope.centreIds!)
		)
		.execute();
	return rows.map(({ id, name_sealed }) => [
		id,
		{ name: openName(ctx.ring, id, name_sealed), href: `/people/${id}` }
	]);
}

async function cohortsNamed(
	ctx: Context,
	ids: readonly string[],
	locale: Locale
): Promise<[string, Named][]> {
	if (ids.length === 0) return [];
	const rows = await ctx.db
		.selectFrom('cohort')
		.select(['id', 'name_texts'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', ids)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('centre_id', 'in', ctx.scope.centreIds!)
		)
		.execute();
	return rows.map(({ id, name_texts }) => [
		id,
		{ name: textIn(name_texts, locale), href: `/cohorts/${id}` }
	]);
}

async function sessionsNamed(
	ctx: Context,
	ids: readonly string[],
	locale: Locale
): Promise<[string, Named][]> {
	if (ids.length === 0) return [];
	const rows = await ctx.db
		.selectFrom('session')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.select(['session.id', 'session.on_date', 'session.start_time', 'cohort.name_texts'])
		.where('session.section_id', '=', ctx.scope.sectionId)
		.where('session.id', 'in', ids)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', ctx.scope.centreIds!)
		)
		.execute();
	return rows.map(({ id, on_date, start_time, name_texts }) => [
		id,
		{
			name: `${textIn(name_texts, locale)} · ${formatDate(on_date, locale, 'full')} · ${start_time}`,
			href: `/sessions/${id}`
		}
	]);
}

/** Lists that ran after this one and wrote to what stayed of it; latest first: they are taken back first. */
async function laterLists(
	ctx: Context,
	{ id, createdAt }: Import,
	ids: ReadonlySet<string>
): Promise<{ id: string; at: number }[]> {
	const lists = await importsInScope(ctx)
		.where('import.stage', '=', 'done')
		.where('import.id', '<>', id)
		.where('import.created_at', '>=', createdAt)
		.orderBy('import.created_at', 'desc')
		.execute();
	const later: { id: string; at: number }[] = [];
	for (const list of lists) {
		const entries = await ctx.db
			.selectFrom('import_change')
			.select(['seq', 'rows_sealed'])
			.where('import_id', '=', list.id)
			.orderBy('seq')
			.limit(MOST_ENTRIES)
			.execute();
		const holds = entries.some((entry) => idsIn(ctx, list.id, entry).some((one) => ids.has(one)));
		if (holds || entries.length === MOST_ENTRIES) later.push({ id: list.id, at: list.created_at });
	}
	return later;
}
