import { z } from 'zod';
import { DIMENSIONS, MEASURES } from '#lib/platform/db/vocabularies.ts';
import { date, id, ids, line, names, whole } from '#lib/platform/forms/fields.ts';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';

const MOST = 100_000_000;
/** Centres that have a field of their own; more than that are pasted. */
const MOST_PARTS = 150;
const version = whole(1, 1_000_000);

/** A longer text in each of the languages, as fields `definition_en`, `definition_fr`, `definition_ar`. */
function definitions() {
	const one = line(600).optional();
	return { definition_en: one, definition_fr: one, definition_ar: one };
}

/** The definitions a form brought, by language; empty when none was typed. */
export function definitionsIn(typed: Partial<Record<`definition_${Locale}`, string>>): Texts {
	return Object.fromEntries(
		LOCALES.flatMap((locale) => {
			const text = typed[`definition_${locale}`];
			return text ? [[locale, text]] : [];
		})
	);
}

const numbers = {
	startsOn: date(),
	endsOn: date(),
	amount: whole(1, MOST),
	openingAmount: whole(1, MOST).optional(),
	openingAsOf: date().optional(),
	openingSource: line(200).optional()
};

interface Typed {
	startsOn: string;
	endsOn: string;
	openingAmount?: number;
	openingSource?: string;
}
const isInOrder = ({ startsOn, endsOn }: Typed) => startsOn <= endsOn;
const IN_ORDER = { path: ['endsOn'], error: 'ends_first' };
/** A figure without names is worth as much as where it is from. */
const hasSource = ({ openingAmount, openingSource }: Typed) =>
	!openingAmount || openingSource !== undefined;
const SOURCE = { path: ['openingSource'], error: 'required' };

/** A new target of the country: its names, who counts, and its numbers. */
export const targetForm = z
	.strictObject({
		...names(120),
		...definitions(),
		indicator: id().optional(),
		project: ids(20),
		...numbers
	})
	.refine(isInOrder, IN_ORDER)
	.refine(hasSource, SOURCE);

/** What a target is called and who counts; its numbers are changed with a reason. */
export const wordsForm = z.strictObject({
	version,
	...names(120),
	...definitions(),
	indicator: id().optional(),
	project: ids(20)
});

/** Other numbers for a target, and why. */
export const changeForm = z
	.strictObject({ version, ...numbers, reason: line(300) })
	.refine(isInOrder, IN_ORDER)
	.refine(hasSource, SOURCE);

/** A change that waits, to be confirmed or dropped. */
export const changeChoice = z.strictObject({ change: id() });

/** A number per centre; a blank one is none. Checked one by one, beside their fields. */
export const partsForm = z.strictObject({
	version,
	part: z
		.record(z.string().max(64), z.string().max(20))
		.refine((parts) => Object.keys(parts).length <= MOST_PARTS, 'too_long')
});

/** A table pasted from a spreadsheet, centre and number; what is wrong in its cells is said by `paste.rules.ts`. */
export const pasteForm = z.strictObject({
	table: z.string({ error: 'required' }).max(20_000, 'too_long')
});

const age = whole(0, 120, 'age').optional();

/** A part for some people: at least one of sex, age and group is said. */
export const groupForm = z
	.strictObject({
		sex: z.enum(['f', 'm', 'other'], { error: 'choose' }).optional(),
		ageFrom: age,
		ageTo: age,
		populationGroup: z
			.string()
			.trim()
			.max(12, 'too_long')
			.regex(/^[\p{L}\p{N}_-]+$/u, 'choose')
			.optional(),
		groupAmount: whole(1, MOST)
	})
	.refine(
		({ sex, ageFrom, ageTo, populationGroup }) =>
			[sex, ageFrom, ageTo, populationGroup].some((said) => said !== undefined),
		{ path: ['sex'], error: 'choose' }
	)
	.refine(({ ageFrom = 0, ageTo = 120 }) => ageFrom <= ageTo, {
		path: ['ageTo'],
		error: 'ages_order'
	});

export const groupChoice = z.strictObject({ group: id() });

const code = line(60).optional();

/** What is counted, in words and by which rule. */
export const indicatorForm = z.strictObject({
	version: version.optional(),
	...names(120),
	...definitions(),
	measure: z.enum(MEASURES, { error: 'choose' }),
	disaggregation: z.array(z.enum(DIMENSIONS, { error: 'choose' })).max(DIMENSIONS.length, 'choose'),
	activityinfo: code,
	iati: code,
	dhis2: code
});

/** The few to start from ask for nothing but the decision. */
export const starterForm = z.strictObject({});
