import { z } from 'zod';
import { id, texts, textsIn, whole } from '#lib/platform/forms/fields.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import { BANDS, PICKS, type Band, type OwnItem } from './bank.rules.ts';
import { MOST_ASKED } from './draft.rules.ts';
import { ownItem } from './items.rules.ts';
import { QUESTION_KINDS, QUESTION_PICTURES, type OwnQuestion, type PickedFrom } from './types.ts';

/** Longest question and longest label of what one picks from, in characters. */
const LONGEST_QUESTION = 200;
const LONGEST_LABEL = 40;

/** Publishing or dropping needs no more than the version, which the address names. */
export const versionForm = z.strictObject({});

/** Takes a question of one's own out. */
export const removalForm = z.strictObject({ question: ownItem });

/** Begins a draft for one curriculum, or for the section. */
export const askingDraftForm = z.strictObject({ curriculum: id().optional() });

/** Places of a band's items in its two forms, `pulse.again` → 1; empty: not asked. */
export const placesForm = z.strictObject({
	band: z.enum(BANDS, { error: 'choose' }),
	pulse: places(),
	full: places()
});

function places() {
	return z
		.record(
			z
				.string()
				.regex(/^[a-z]+(_\d{1,3})?$/, 'choose')
				.max(20, 'choose'),
			z
				.literal('')
				.transform(() => 0)
				.or(whole(0, MOST_ASKED))
		)
		.refine((all) => Object.keys(all).length <= 60, 'too_long');
}

const fieldOf = (band: Band) => `q${band.replace('-', '_')}` as const;

/** A question of one's own: its texts by band and language, `q6_9_en`, and what one picks from, `pick_1_en`. */
export const questionForm = z.strictObject({
	kind: z.enum(QUESTION_KINDS, { error: 'choose' }),
	picture: z.enum(QUESTION_PICTURES, { error: 'choose' }).optional(),
	...texts('q6_9', LONGEST_QUESTION),
	...texts('q10_13', LONGEST_QUESTION),
	...texts('q14_17', LONGEST_QUESTION),
	...texts('qadult', LONGEST_QUESTION),
	...texts('pick_1', LONGEST_LABEL),
	...texts('pick_2', LONGEST_LABEL),
	...texts('pick_3', LONGEST_LABEL),
	...texts('pick_4', LONGEST_LABEL),
	...picturesOf(['pick_1', 'pick_2', 'pick_3', 'pick_4'])
});

function picturesOf<const Name extends string>(names: readonly Name[]) {
	const one = z.enum(QUESTION_PICTURES, { error: 'choose' }).optional();
	return Object.fromEntries(names.map((name) => [`${name}_picture`, one])) as Record<
		`${Name}_picture`,
		typeof one
	>;
}

/** What a form brought, as a question; `id` null: a new one. What one picks from is kept where there is a word for it. */
export function questionFrom(
	typed: z.output<typeof questionForm>,
	id: OwnItem | null
): Omit<OwnQuestion, 'id'> & { id: OwnItem | null } {
	const options = PICKS.map((pick) => ({
		picture: typed[`${pick}_picture`] ?? null,
		texts: textsIn(pick, typed)
	})).filter(({ texts: all }) => Object.keys(all).length > 0);
	return {
		...{ id, kind: typed.kind, picture: typed.picture ?? null },
		texts: Object.fromEntries(
			BANDS.map((band): [Band, Texts] => [band, textsIn(fieldOf(band), typed)]).filter(
				([, all]) => Object.keys(all).length > 0
			)
		),
		options: typed.kind === 'pick' ? options : []
	};
}

/** The values of the fields of a question. */
export function typedQuestion(question: OwnQuestion): Record<string, string> {
	const fields = (name: string, all: Texts | undefined) =>
		LOCALES.map((locale): [string, string] => [`${name}_${locale}`, all?.[locale] ?? '']);
	const picks = question.options.flatMap((option: PickedFrom, at) => [
		...fields(PICKS[at]!, option.texts),
		[`${PICKS[at]}_picture`, option.picture ?? ''] as [string, string]
	]);
	return Object.fromEntries([
		['kind', question.kind],
		['picture', question.picture ?? ''],
		...BANDS.flatMap((band) => fields(fieldOf(band), question.texts[band])),
		...picks
	]);
}
