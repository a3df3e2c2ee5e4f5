import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { HelpAudience, HelpKind } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, type Texts } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { BUILT_IN, builtInRows } from './built-in.rules.ts';
import { inHelpOrder, isStale } from './rules.ts';
import type { HelpLine, HelpSheet, KeptHelpLine } from './types.ts';

/** Whom to turn to in the section and at the centres within reach, whom a child would rather reach first. */
export async function listHelp(ctx: Context, locale: Locale): Promise<KeptHelpLine[]> {
	const { sectionId, centreIds, totalsOnly } = ctx.scope;
	const rows = await entriesOf(ctx.db, sectionId)
		.where((eb) => isAt(eb.ref('help_entry.centre_id'), totalsOnly ? [] : centreIds))
		.execute();
	return inHelpOrder(
		rows.map((row) => ({
			...asLine(row, locale, ctx.now),
			verifiedBy:
				row.verified_by && row.verifier_sealed
					? openAccountName(ctx.ring, { id: row.verified_by, name_sealed: row.verifier_sealed })
					: null
		}))
	);
}

/** Whom to turn to where a session is: the section's, and its centre's own. `now` in UTC milliseconds. */
export async function listHelpAt(
	{ db, now }: { db: Db; now: number },
	{ sectionId, sessionId }: { sectionId: string; sessionId: string },
	locale: Locale
): Promise<HelpLine[]> {
	const session = await db
		.selectFrom('session')
		.select('centre_id')
		.where('id', '=', sessionId)
		.where('section_id', '=', sectionId)
		.executeTakeFirst();
	const rows = await entriesOf(db, sectionId)
		.where((eb) =>
			isAt(eb.ref('help_entry.centre_id'), session?.centre_id ? [session.centre_id] : [])
		)
		.execute();
	return inHelpOrder(rows.map((row) => asLine(row, locale, now)));
}

/** Whom Halqa knows in these countries, or in all: for who belongs to no section, and when the database fails. */
export function builtInHelp(
	locale: Locale,
	countries: readonly string[] = Object.keys(BUILT_IN)
): { country: string; lines: HelpLine[] }[] {
	return countries
		.map((country) => ({
			country,
			lines: inHelpOrder(
				builtInRows('', country, (phone) => phone).map((row) =>
					asLine({ ...NOBODY, ...row }, locale, 0)
				)
			)
		}))
		.filter(({ lines }) => lines.length > 0);
}

/**
 * Whom anybody can turn to, of whom nothing is known: the list of the only organisation there is, else what Halqa knows
 * of the countries of all. `now` in UTC milliseconds.
 */
export async function listHelpForAnyone(
	{ db, now }: { db: Db; now: number },
	locale: Locale
): Promise<{ country: string | null; lines: HelpLine[] }[]> {
	const sections = await db.selectFrom('section').select(['id', 'country', 'is_example']).execute();
	const own = sections.filter(({ is_example }) => !is_example);
	if (own.length === 1) {
		const rows = await entriesOf(db, own[0]!.id)
			.where('help_entry.centre_id', 'is', null)
			.execute();
		const lines = inHelpOrder(rows.map((row) => asLine(row, locale, now)));
		if (lines.length > 0) return [{ country: null, lines }];
	}
	const countries = new Set((own.length > 0 ? own : sections).map(({ country }) => country));
	return builtInHelp(
		locale,
		Object.keys(BUILT_IN).filter((country) => countries.has(country))
	);
}

/** An entry of the section in every language, as it is edited; undefined when there is none. */
export async function findHelpSheet(ctx: Context, id: string): Promise<HelpSheet | undefined> {
	const row = await ctx.db
		.selectFrom('help_entry')
		.selectAll()
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	return (
		row && {
			...{ id: row.id, kind: row.kind, audience: row.audience, centreId: row.centre_id },
			names: JSON.parse(row.name_texts) as Texts,
			purposes: JSON.parse(row.purpose_texts) as Texts,
			hours: JSON.parse(row.hours_texts) as Texts,
			places: JSON.parse(row.place_texts) as Texts,
			...{ phone: row.phone, chat: row.chat, position: row.position },
			languages: codesIn(row.languages)
		}
	);
}

function entriesOf(db: Db, sectionId: string) {
	return db
		.selectFrom('help_entry')
		.innerJoin('section', 'section.id', 'help_entry.section_id')
		.leftJoin('centre', 'centre.id', 'help_entry.centre_id')
		.leftJoin('account as verifier', 'verifier.id', 'help_entry.verified_by')
		.selectAll('help_entry')
		.select([
			'section.zone',
			'centre.name_texts as centre_texts',
			'verifier.name_sealed as verifier_sealed'
		])
		.where('help_entry.section_id', '=', sectionId);
}

/** Of the whole section, or of one of these centres; of any when there is no list. */
function isAt(
	centre: Expression<string | null>,
	centreIds: readonly string[] | null
): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, never>();
	if (centreIds === null) return eb.lit(true);
	return eb.or([
		eb(centre, 'is', null),
		...(centreIds.length > 0 ? [eb(centre, 'in', centreIds)] : [])
	]);
}

interface EntryRow {
	id: string;
	kind: HelpKind;
	audience: HelpAudience;
	centre_id?: string | null;
	centre_texts: string | null;
	name_texts: string;
	purpose_texts: string;
	hours_texts: string;
	place_texts: string;
	phone?: string | null;
	chat?: string | null;
	languages: string;
	position: number;
	source_texts?: string | null;
	verified_on?: string | null;
	zone: string;
}

/** What a built-in entry has not: nobody rang it. */
const NOBODY = { centre_texts: null, zone: 'UTC' };

function asLine(row: EntryRow, locale: Locale, now: number) {
	const verifiedOn = row.verified_on ?? null;
	return {
		...{ id: row.id, kind: row.kind, audience: row.audience, centreId: row.centre_id ?? null },
		...{ name: textIn(row.name_texts, locale), position: row.position },
		purpose: textOrNone(row.purpose_texts, locale),
		hours: textOrNone(row.hours_texts, locale),
		place: textOrNone(row.place_texts, locale),
		...{ phone: row.phone ?? null, chat: row.chat ?? null, languages: codesIn(row.languages) },
		centre: row.centre_texts === null ? null : textIn(row.centre_texts, locale),
		source: row.source_texts ? textIn(row.source_texts, locale) : null,
		verifiedOn,
		isStale: isStale(verifiedOn, dateIn(row.zone, now))
	};
}

function textOrNone(json: string, locale: Locale): string {
	return json === '{}' ? '' : textIn(json, locale);
}

function codesIn(languages: string): string[] {
	return languages === '' ? [] : languages.split(',');
}
