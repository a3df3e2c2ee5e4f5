import { createHash } from 'node:crypto';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { isLocale, LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import { GROUPS, keysOf, type Group } from './met.words.ts';
import { releasedTexts } from './released.words.ts';
import { isMuchLonger, offeredOf, stateOf } from './rules.ts';
import type { LanguageState, TextBeside, TextsById, Wording, WordingOf } from './types.ts';

/** Read once for each version of a section; every request reads the version, and no more. */
const read = new WeakMap<Db, Map<string, { of: WordingOf; wording: Promise<Wording> }>>();

/** What the children of a section find, as it stands in the version given. */
export function wordingOf(db: Db, of: WordingOf): Promise<Wording> {
	const known = read.get(db) ?? new Map<string, { of: WordingOf; wording: Promise<Wording> }>();
	read.set(db, known);
	const before = known.get(of.sectionId);
	if (before?.of.version === of.version && before.of.isExample === of.isExample)
		return before.wording;
	const wording = readWording(db, of);
	known.set(of.sectionId, { of, wording });
	wording.catch(() => known.delete(of.sectionId));
	return wording;
}

async function readWording(db: Db, { sectionId, version, isExample }: WordingOf) {
	const stored = version === 0 ? { texts: new Map(), checks: [] } : await storedOf(db, sectionId);
	return wordingFrom(stored, isExample);
}

/**
 * What is shown before anybody has said whose session it is: where there is one organisation of one's own, its wording;
 * of several the languages one of them offers, in the words of this release; the example's only where it is alone.
 */
export async function wordingBeforeCode(db: Db): Promise<Wording> {
	const sections = await db
		.selectFrom('section')
		.leftJoin('wording', 'wording.section_id', 'section.id')
		.select(['section.id', 'section.is_example', 'wording.version'])
		.execute();
	const own = sections.filter(({ is_example }) => !is_example);
	const meant = await Promise.all(
		(own.length > 0 ? own : sections).map(({ id, is_example, version }) =>
			wordingOf(db, { sectionId: id, version: version ?? 0, isExample: is_example === 1 })
		)
	);
	if (meant.length === 1) return meant[0]!;
	const offered = LOCALES.filter((locale) => meant.some((one) => one.offered.includes(locale)));
	return { offered: offered.length > 0 ? offered : ['en'], corrections: {} };
}

/** The languages the children of the actor's section find, and those that wait to be checked; of the example none waits. */
export async function listOffered(
	ctx: Context
): Promise<{ offered: readonly Locale[]; waiting: Locale[] }> {
	const { offered } = await wordingOf(ctx.db, await versionOf(ctx));
	return { offered, waiting: LOCALES.filter((locale) => !offered.includes(locale)) };
}

/** Whose wording it is, and in which version. */
export async function versionOf({ db, scope }: Pick<Context, 'db' | 'scope'>): Promise<WordingOf> {
	const row = await db
		.selectFrom('section')
		.leftJoin('wording', 'wording.section_id', 'section.id')
		.select(['section.is_example', 'wording.version'])
		.where('section.id', '=', scope.sectionId)
		.executeTakeFirstOrThrow();
	return {
		sectionId: scope.sectionId,
		version: row.version ?? 0,
		isExample: row.is_example === 1
	};
}

export interface WordsToCheck {
	isExample: boolean;
	languages: LanguageState[];
	/** Of the texts as they are shown: a check of others is none. */
	fingerprint: string;
	groups: { group: Group; texts: TextBeside[] }[];
}

/** Every text of a language beside the English, in the order children meet them, and how all languages stand. */
export async function listWords(ctx: Context, locale: Locale): Promise<WordsToCheck> {
	const { isExample } = await versionOf(ctx);
	const stored = await storedOf(ctx.db, ctx.scope.sectionId);
	const { offered } = wordingFrom(stored, isExample);
	const corrected = stored.texts.get(locale) ?? new Map<string, string>();
	const english = effective('en', stored.texts.get('en'));
	const texts = effective(locale, corrected);
	const prints = printsBefore(stored.checks.find((check) => check.locale === locale));
	const released = releasedTexts(locale);
	const beside = (id: string): TextBeside => {
		const [key = '', form = null] = id.split(':');
		const [text, original] = [texts.get(id)!, released.get(id)!];
		return {
			...{ id, form, text },
			english: english.get(id) ?? english.get(`${key}:other`) ?? '',
			released: text === original ? null : original,
			isChanged: prints !== null && prints[id] !== printOf(text),
			isLong: isMuchLonger(text, original)
		};
	};
	return {
		isExample,
		languages: LOCALES.map((one) => ({
			locale: one,
			state: stateIn(stored, one),
			isOffered: offered.includes(one),
			checked: checkedBy(ctx, stored.checks, one)
		})),
		fingerprint: fingerprintOf(texts),
		groups: GROUPS.map((group) => ({
			group,
			texts: [...texts.keys()]
				.filter((id) => (keysOf(group) as string[]).includes(id.split(':')[0]!))
				.map(beside)
		}))
	};
}

/** The texts of a language as children read them, corrections in place of what came with the release. */
export function effective(locale: Locale, corrected: TextsById = new Map()): TextsById {
	const texts = [...releasedTexts(locale)];
	return new Map(texts.map(([id, text]) => [id, corrected.get(id) ?? text]));
}

export async function correctionsIn(db: Db, sectionId: string, locale: Locale): Promise<TextsById> {
	return (await storedOf(db, sectionId)).texts.get(locale) ?? new Map();
}

/** Of all texts of a language: another as soon as one of them is. */
export function fingerprintOf(texts: TextsById): string {
	return digest(JSON.stringify([...texts].sort(([a], [b]) => (a < b ? -1 : 1))), 32);
}

/** Of each text, by id. */
export function printsOf(texts: TextsById): Record<string, string> {
	return Object.fromEntries([...texts].map(([id, text]) => [id, printOf(text)]));
}

interface Stored {
	texts: ReadonlyMap<Locale, TextsById>;
	checks: Checked[];
}

interface Checked {
	locale: string;
	fingerprint: string;
	prints: string;
	checked_on: string;
	id: string;
	name_sealed: Parameters<typeof openAccountName>[1]['name_sealed'];
}

async function storedOf(db: Db, sectionId: string): Promise<Stored> {
	const rows = await db
		.selectFrom('wording_text')
		.select(['locale', 'key', 'text'])
		.where('section_id', '=', sectionId)
		.execute();
	const checks = await db
		.selectFrom('wording_check as check')
		.innerJoin('account', 'account.id', 'check.checked_by')
		.select(['check.locale', 'check.fingerprint', 'check.prints', 'check.checked_on'])
		.select(['account.id', 'account.name_sealed'])
		.where('check.section_id', '=', sectionId)
		.execute();
	const texts = new Map<Locale, Map<string, string>>();
	for (const { locale, key, text } of rows) {
		if (!isLocale(locale)) continue;
		texts.set(locale, (texts.get(locale) ?? new Map<string, string>()).set(key, text));
	}
	return { texts, checks };
}

/** The example shows every language with whatever was corrected; an organisation of one's own what is checked. */
function wordingFrom(stored: Stored, isExample: boolean): Wording {
	const corrections = Object.fromEntries(stored.texts);
	if (isExample) return { offered: LOCALES, corrections };
	const offered = offeredOf(
		LOCALES.map((locale) => ({
			locale,
			state: stateIn(stored, locale),
			isCorrected: isCorrected(stored, locale)
		}))
	);
	const shown = offered.filter((locale) => stateIn(stored, locale) === 'checked');
	return {
		offered,
		corrections: Object.fromEntries([...stored.texts].filter(([one]) => shown.includes(one)))
	};
}

/** A correction of a text that a release has dropped changes nothing. */
function isCorrected({ texts }: Stored, locale: Locale): boolean {
	const released = releasedTexts(locale);
	return [...(texts.get(locale)?.keys() ?? [])].some((id) => released.has(id));
}

function stateIn({ texts, checks }: Stored, locale: Locale) {
	const check = checks.find((one) => one.locale === locale);
	return stateOf(check?.fingerprint ?? null, fingerprintOf(effective(locale, texts.get(locale))));
}

function checkedBy({ ring }: Context, checks: readonly Checked[], locale: Locale) {
	const check = checks.find((one) => one.locale === locale);
	return check ? { by: openAccountName(ring, check), on: check.checked_on } : null;
}

function printsBefore(check: Checked | undefined): Record<string, string> | null {
	return check ? (JSON.parse(check.prints) as Record<string, string>) : null;
}

function printOf(text: string): string {
	return digest(text, 8);
}

function digest(text: string, length: number): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, length);
}
