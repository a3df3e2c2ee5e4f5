import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import { NOTHING_OWN } from './draft.rules.ts';
import type { Asked } from './types.ts';

/** A version as it lies in a row that a query joined; null where there is none. */
export function askedIn(row: {
	asked_id: string | null;
	asked_number: number | null;
	content: string | null;
}): Asked | null {
	if (row.asked_id === null) return null;
	const content = JSON.parse(row.content!) as Pick<Asked, 'questions' | 'forms'>;
	return { id: row.asked_id, number: row.asked_number!, ...content };
}

/** The versions of these ids; nulls are left out. */
export async function listAsked(
	db: Db,
	ids: readonly (string | null)[]
): Promise<ReadonlyMap<string, Asked>> {
	const wanted = [...new Set(ids.filter((id) => id !== null))];
	if (wanted.length === 0) return new Map();
	const rows = await db
		.selectFrom('asked_version')
		.select(['id as asked_id', 'number as asked_number', 'content'])
		.where('id', 'in', wanted)
		.execute();
	return new Map(rows.map((row) => [row.asked_id, askedIn(row)!]));
}

/**
 * The version that a session's children are asked by now: the newest published one of its curriculum, else of the
 * section; null where the forms that come with Halqa are asked.
 */
export async function askedForSession(ctx: Context, sessionId: string): Promise<string | null> {
	const row = await ctx.db
		.selectFrom('asked_version as asked')
		.select('asked.id')
		.where('asked.section_id', '=', ctx.scope.sectionId)
		.where('asked.published_on', 'is not', null)
		.where((eb) =>
			eb.or([
				eb('asked.curriculum_id', 'is', null),
				eb('asked.curriculum_id', 'in', (sub) =>
					sub
						.selectFrom('session')
						.innerJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
						.innerJoin('curriculum_version as version', 'version.id', 'plan.version_id')
						.select('version.curriculum_id')
						.where('session.id', '=', sessionId)
				)
			])
		)
		.orderBy((eb) => eb.case().when('asked.curriculum_id', 'is', null).then(1).else(0).end())
		.orderBy('asked.number', 'desc')
		.executeTakeFirst();
	return row?.id ?? null;
}

/** The version a session's code was opened with; where it has none yet, the one that would be asked. Null: Halqa's own forms. */
export async function findAskedOfSession(ctx: Context, sessionId: string): Promise<Asked | null> {
	const code = await ctx.db
		.selectFrom('feedback_code')
		.select('asked_version_id')
		.where('session_id', '=', sessionId)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('number', '=', 1)
		.executeTakeFirst();
	const id = code ? code.asked_version_id : await askedForSession(ctx, sessionId);
	return (await listAsked(ctx.db, [id])).get(id ?? '') ?? null;
}

/** What is asked in one place: the section, or one curriculum. */
export interface AskedPlace {
	/** null: the section, wherever a curriculum has nothing of its own. */
	curriculumId: string | null;
	name: string | null;
	published: { id: string; number: number; on: string } | null;
	draft: { id: string; number: number } | null;
	/** Versions before the published one, newest first. */
	earlier: { id: string; number: number; on: string }[];
}

/** The section first, then its curricula for children by name: what each asks, and the draft there may be. */
export async function listPlaces(ctx: Context, locale: Locale): Promise<AskedPlace[]> {
	const { sectionId } = ctx.scope;
	const curricula = await ctx.db
		.selectFrom('curriculum')
		.select(['id', 'name_texts', 'retired_on'])
		.where('section_id', '=', sectionId)
		.where('is_imported', '=', 0)
		.where('audience', '<>', 'staff')
		.execute();
	const versions = await ctx.db
		.selectFrom('asked_version')
		.select(['id', 'curriculum_id', 'number', 'published_on'])
		.where('section_id', '=', sectionId)
		.orderBy('number', 'desc')
		.execute();
	const placeOf = (curriculumId: string | null, name: string | null): AskedPlace => {
		const own = versions.filter(({ curriculum_id }) => curriculum_id === curriculumId);
		const [published, ...earlier] = own.flatMap(({ id, number, published_on: on }) =>
			on === null ? [] : [{ id, number, on }]
		);
		const draft = own.find(({ published_on }) => published_on === null);
		return { curriculumId, name, published: published ?? null, draft: draft ?? null, earlier };
	};
	const named = curricula
		.filter(
			({ id, retired_on }) =>
				retired_on === null || versions.some((one) => one.curriculum_id === id)
		)
		.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }))
		.sort(byName(locale));
	return [placeOf(null, null), ...named.map(({ id, name }) => placeOf(id, name))];
}

/** A version with where it is asked. */
export interface FoundAsked {
	asked: Asked;
	/** The curriculum it is for, in the reader's language; null: the section's. */
	curriculum: string | null;
	/** Civil date; null: a draft. */
	publishedOn: string | null;
	revision: number;
}

/** The address of the forms that come with Halqa, which nobody can change. */
export const BUILT_IN = 'halqa';

/** A version of the section, or what Halqa comes with; undefined for one that is not there. */
export async function findAsked(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<FoundAsked | undefined> {
	if (id === BUILT_IN)
		return { asked: NOTHING_OWN, curriculum: null, publishedOn: '', revision: 0 };
	const row = await ctx.db
		.selectFrom('asked_version as asked')
		.leftJoin('curriculum', 'curriculum.id', 'asked.curriculum_id')
		.select(['asked.id as asked_id', 'asked.number as asked_number', 'asked.content'])
		.select(['asked.published_on', 'asked.revision', 'curriculum.name_texts'])
		.where('asked.id', '=', id)
		.where('asked.section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	if (!row) return undefined;
	return {
		asked: askedIn(row)!,
		curriculum: row.name_texts === null ? null : textIn(row.name_texts, locale),
		publishedOn: row.published_on,
		revision: row.revision
	};
}

/** Whether somebody edits what is asked: who does reaches the whole section. */
export function isAskingEditor(ctx: Context): boolean {
	return ctx.scope.centreIds === null;
}
