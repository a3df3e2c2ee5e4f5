import type { Locale } from '#lib/platform/i18n/locale.ts';
import { CHILD_BANDS, isOpen, questionOf, type Band, type Form } from './bank.rules.ts';
import { wordingFaults, type WordingRule } from './wording.rules.ts';
import type { Asked, OwnQuestion } from './types.ts';

/** What `domain.md` 2.3 warns of besides the wording itself. */
export type Rule =
	| WordingRule
	/** No text in this language. */
	| 'language_missing'
	/** What one picks from is not alike: one far longer, one without a picture, two the same. */
	| 'unequal_options'
	| 'too_many_options'
	| 'too_many_questions'
	/** The youngest do not write. */
	| 'writing_too_young'
	/** Whether they felt safe is asked nowhere in the form. */
	| 'safe_not_asked';

/** Something to look at. It forbids nothing: a person decides. */
export interface Warning {
	rule: Rule;
	band?: Band;
	locale?: Locale;
	/** How many there are, and how many there should be at most. */
	count?: number;
	most?: number;
}

/** Questions a form has at most: after an ordinary session, and in the middle and at the end of a cycle. */
const MOST_QUESTIONS: Record<Band, { pulse: number; full: number }> = {
	'6-9': { pulse: 2, full: 4 },
	'10-13': { pulse: 3, full: 8 },
	'14-17': { pulse: 4, full: 12 },
	adult: { pulse: 4, full: 12 }
};
/** What the youngest of a question choose from at most, when they are pictures. */
const MOST_PICKED: Record<Band, number> = { '6-9': 4, '10-13': 4, '14-17': 5, adult: 5 };
/** A label with so many words more than another draws the eye. */
const UNLIKE_WORDS = 2;

/** Everything to look at in a question of one's own, for the bands it is worded for or asked of, in these languages. */
export function questionWarnings(
	question: OwnQuestion,
	{ bands, languages }: { bands: readonly Band[]; languages: readonly Locale[] }
): Warning[] {
	const warnings: Warning[] = [];
	for (const band of bands) {
		if (question.kind === 'words' && band === '6-9')
			warnings.push({ rule: 'writing_too_young', band });
		if (question.options.length > MOST_PICKED[band])
			warnings.push({
				...{ rule: 'too_many_options', band },
				...{ count: question.options.length, most: MOST_PICKED[band] }
			});
		for (const locale of languages) {
			const text = question.texts[band]?.[locale];
			if (!text) warnings.push({ rule: 'language_missing', band, locale });
			else
				warnings.push(
					...wordingFaults(text, { band, locale }).map((one) => ({ ...one, band, locale }))
				);
		}
	}
	return [...warnings, ...optionWarnings(question, languages)];
}

/** What is not alike among what one picks from, by language; pictures alike for all. */
function optionWarnings({ kind, options }: OwnQuestion, languages: readonly Locale[]): Warning[] {
	if (kind !== 'pick') return [];
	const pictures = options.map(({ picture }) => picture);
	const drawn = pictures.filter((picture) => picture !== null);
	const isUnlike =
		(drawn.length > 0 && drawn.length < options.length) || new Set(drawn).size < drawn.length;
	return [
		...(isUnlike ? [{ rule: 'unequal_options' as const }] : []),
		...languages.flatMap((locale): Warning[] => {
			const labels = options.map(({ texts }) => texts[locale] ?? '');
			if (labels.some((label) => label === '')) return [{ rule: 'language_missing', locale }];
			const lengths = labels.map((label) => label.split(/\s+/).length);
			const isUneven = Math.max(...lengths) - Math.min(...lengths) > UNLIKE_WORDS;
			const isTwice = new Set(labels.map((label) => label.toLowerCase())).size < labels.length;
			return isUneven || isTwice ? [{ rule: 'unequal_options', locale }] : [];
		})
	];
}

/** What to look at in a form as a whole. Adults are not asked whether they felt safe by the same rule. */
export function formWarnings(form: Form): Warning[] {
	const { band, items, length } = form;
	const most = MOST_QUESTIONS[band][length];
	const isChildren = (CHILD_BANDS as readonly Band[]).includes(band);
	return [
		...(items.length > most
			? [{ rule: 'too_many_questions' as const, band, count: items.length, most }]
			: []),
		...(isChildren && !items.includes('safe') ? [{ rule: 'safe_not_asked' as const, band }] : []),
		...(band === '6-9' && items.some((item) => isOpen(item, form) && !questionOf(item, form))
			? [{ rule: 'writing_too_young' as const, band }]
			: [])
	];
}

/** The bands a question of one's own is asked of, youngest first. */
export function bandsAsked({ forms }: Pick<Asked, 'forms'>, id: OwnQuestion['id']): Band[] {
	const bands = Object.entries(forms).flatMap(([key, items]) =>
		items.includes(id) ? [key.split(' ')[1] as Band] : []
	);
	return [...CHILD_BANDS, 'adult' as const].filter((band) => bands.includes(band));
}
