import { byName, compareCodes } from '#lib/platform/i18n/collation.ts';
import type { ExpressionBuilder } from 'kysely';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { codeIndexOf, soughtKeysOf } from './name-keys.queries.server.ts';
import { beginsLike, nameWords, wordsAlike } from './names.rules.ts';
import {
	asFound,
	caresForChild,
	worksHere,
	peopleInScope,
	type PersonRow
} from './queries.server.ts';
import { ADULT_AGE } from './rules.ts';
import type { FoundPerson, PersonKind } from './types.ts';

/** People on one page of the list. */
const ON_A_PAGE = 50;
/** More names than this are not opened for one page: one chooses a centre or searches instead. */
export const MOST_LISTED = 2000;
/** Strangers with like fingerprints are opened too; so many at most. */
const MOST_OPENED = 5000;
/** Results of one search; who looks for more people at once adds a word. */
export const MOST_FOUND = 50;

/** What a list is narrowed to. */
export interface Among {
	centreId?: string;
	kind?: PersonKind;
}

/**
 * A page of the people within reach, by name; pages count from 1. `people` is null where there are too
 * many to list.
 */
export async function listPeople(
	ctx: Context,
	{ page, ...among }: Among & { page: number },
	locale: Locale
): Promise<{ people: FoundPerson[] | null; count: number; page: number; pages: number }> {
	const rows = await peopleAmong(ctx, among)
		.limit(MOST_LISTED + 1)
		.execute();
	if (rows.length > MOST_LISTED) return { people: null, count: rows.length, page: 1, pages: 1 };
	const inOrder = byName(locale);
	const people = rows
		.map((row) => asFound(ctx, row, locale))
		.sort((a, b) => inOrder(a, b) || compareCodes(a.id, b.id));
	const pages = Math.max(1, Math.ceil(people.length / ON_A_PAGE));
	const shown = Math.min(Math.max(page, 1), pages);
	const from = (shown - 1) * ON_A_PAGE;
	return { people: people.slice(from, from + ON_A_PAGE), count: people.length, page: shown, pages };
}

/** Those of these people who are within reach, in no order. */
export async function findPeople(
	ctx: Context,
	ids: readonly string[],
	locale: Locale
): Promise<FoundPerson[]> {
	if (ids.length === 0) return [];
	const rows = await peopleInScope(ctx).where('person.id', 'in', ids).execute();
	return rows.map((row) => asFound(ctx, row, locale));
}

/**
 * People within reach whose name holds every word sought, in Arabic or Latin spelling, the last word
 * perhaps only begun, or whose own number it is. The spelling sought comes first. Candidates come by
 * fingerprints, which strangers share: each is opened and compared.
 */
export async function searchPeople(
	ctx: Context,
	sought: string,
	locale: Locale,
	among: Among = {}
): Promise<FoundPerson[]> {
	const { ring, scope } = ctx;
	const keys = soughtKeysOf(ring, scope.sectionId, sought);
	const code = codeIndexOf(ring, scope.sectionId, sought);
	const rows = await peopleAmong(ctx, among)
		.where(({ or, and, eb, selectFrom }) => {
			const named = keys.map((ofWord) =>
				eb(
					'person.id',
					'in',
					selectFrom('person_name_key as word')
						.select('word.person_id')
						.where('word.section_id', '=', scope.sectionId)
						.where('word.key', 'in', ofWord)
				)
			);
			const numbered = eb('person.code_index', '=', code);
			return named.length > 0 ? or([numbered, and(named)]) : numbered;
		})
		.limit(MOST_OPENED)
		.execute();
	const wanted = nameWords(sought);
	const inOrder = byName(locale);
	return rows
		.map((row) => ({ person: asFound(ctx, row, locale), rank: rankOf(row, code) }))
		.map(({ person, rank }) => ({ person, rank: rank ?? likeness(person.name, wanted) }))
		.filter(({ rank }) => rank > 0)
		.sort((a, b) => b.rank - a.rank || inOrder(a.person, b.person))
		.slice(0, MOST_FOUND + 1)
		.map(({ person }) => person);
}

function rankOf(row: PersonRow, code: string): number | undefined {
	return row.code_index === code ? Number.MAX_SAFE_INTEGER : undefined;
}

/** How well a name fits: 0 when a word is missing, else more for every word in the very spelling sought. */
function likeness(name: string, wanted: readonly string[]): number {
	const words = nameWords(name);
	const fits = wanted.every(
		(one, at) =>
			words.some((word) => wordsAlike(one, word)) ||
			(at === wanted.length - 1 && words.some((word) => beginsLike(one, word)))
	);
	return fits ? 1 + wanted.filter((one) => words.includes(one)).length : 0;
}

function peopleAmong(ctx: Context, { centreId, kind }: Among) {
	return peopleInScope(ctx)
		.$if(centreId !== undefined, (query) => query.where('person.centre_id', '=', centreId!))
		.$if(kind !== undefined, (query) =>
			query.where((eb) => isKind(eb, kind!, dateIn('UTC', ctx.now)))
		);
}

/** `kindsOf` as a condition: whoever is several things is found under each. */
function isKind(eb: ExpressionBuilder<Tables, 'person'>, kind: PersonKind, today: string) {
	if (kind === 'staff') return worksHere(eb);
	const [year, month] = today.split('-').map(Number) as [number, number];
	const isAdult = eb.or([
		eb('person.birth_year', '<', year - ADULT_AGE),
		eb.and([
			eb('person.birth_year', '=', year - ADULT_AGE),
			eb.or([eb('person.birth_month', 'is', null), eb('person.birth_month', '<=', month)])
		])
	]);
	return eb.and([
		kind === 'child' ? eb.not(isAdult) : isAdult,
		kind === 'caregiver' ? caresForChild(eb) : eb.not(worksHere(eb))
	]);
}
