import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import { m } from '#lib/paraglide/messages.js';
import { bankFor, BANDS, formFor, type Band } from './bank.rules.ts';
import { formWarnings, questionWarnings } from './checker.rules.ts';
import { wordingFaults, type WordingRule } from './wording.rules.ts';
import type { OwnQuestion } from './types.ts';

const question = (given: Partial<OwnQuestion> = {}): OwnQuestion => ({
	...{ id: 'own_1', kind: 'scale', picture: null, options: [] },
	texts: { '6-9': { en: 'Did you have enough time to play?' } },
	...given
});
const rulesOf = (text: string, locale: Locale, band: Band = '10-13') =>
	wordingFaults(text, { band, locale }).map(({ rule }) => rule);

const EXAMPLES: Record<WordingRule, Record<Locale, { good: string[]; bad: string[] }>> = {
	too_long: {
		en: {
			good: ['Did you have enough time to play?', 'Was it easy? Tell us how it was today.'],
			bad: ['Did you have enough time to play all of the games that we brought along today?']
		},
		fr: {
			good: ['As-tu eu assez de temps pour jouer ?'],
			bad: ['As-tu eu assez de temps pour jouer à tous les jeux que nous avons apportés ici ?']
		},
		ar: {
			good: ['هل كان لديكم وقت كافٍ للعب؟'],
			bad: ['هل كان لديكم وقت كافٍ للعب بكل الألعاب التي جلبناها معنا إلى هنا في هذا اليوم؟']
		}
	},
	two_in_one: {
		en: {
			good: ['Did you like the songs?'],
			bad: ['Did you like the songs and the games?', 'Was it fun? Was it safe?']
		},
		fr: {
			good: ['As-tu aimé les chansons ?'],
			bad: ['As-tu aimé les chansons et les jeux ?', 'Chanter ou jouer ?']
		},
		ar: {
			good: ['هل أحببتم الأغاني؟', 'هل كان الوقت كافيًا وقت اللعب؟'],
			bad: ['هل أحببتم الأغاني والألعاب؟', 'هل الغناء أو اللعب أجمل؟']
		}
	},
	negative: {
		en: {
			good: ['Was the room quiet enough?'],
			bad: ['Was the room not too loud?', 'Didn’t you feel safe?', 'Was it never boring?']
		},
		fr: {
			good: ['La salle était-elle calme ?'],
			bad: ['La salle n’était pas trop bruyante ?', 'As-tu joué sans peur ?']
		},
		ar: { good: ['هل كانت الغرفة هادئة؟'], bad: ['هل لم تكن الغرفة صاخبة؟', 'هل لعبتم بدون خوف؟'] }
	},
	leading: {
		en: {
			good: ['How was the story?'],
			bad: [
				'How much did you enjoy the story?',
				'Do you agree that it was good?',
				'It was fun, of course?'
			]
		},
		fr: {
			good: ['Comment était l’histoire ?'],
			bad: ['C’était bien, n’est-ce pas ?', 'Es-tu d’accord que c’était bien ?']
		},
		ar: {
			good: ['كيف كانت القصة؟'],
			bad: ['كانت القصة جميلة، أليس كذلك؟', 'هل توافقون أن القصة جيدة؟']
		}
	}
};

describe('a wording', () => {
	for (const [rule, byLocale] of Object.entries(EXAMPLES))
		for (const locale of LOCALES) {
			const { good, bad } = byLocale[locale];
			it.each(bad)(`${rule}, ${locale}: warns of %s`, (text) => {
				expect(rulesOf(text, locale)).toContain(rule);
			});
			it.each(good)(`${rule}, ${locale}: says nothing of %s`, (text) => {
				expect(rulesOf(text, locale)).toEqual([]);
			});
		}

	it('may have 8 words for the youngest, 12 and 18 for the others', () => {
		const of = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
		for (const [band, most] of [
			['6-9', 8],
			['10-13', 12],
			['14-17', 18]
		] as const) {
			expect(rulesOf(of(most), 'en', band)).toEqual([]);
			expect(wordingFaults(of(most + 1), { band, locale: 'en' })).toEqual([
				{ rule: 'too_long', count: most + 1, most }
			]);
		}
	});

	it('of the bank is never too long', () => {
		const ask = m as unknown as Record<string, (input: object, of: { locale: Locale }) => string>;
		for (const band of BANDS)
			for (const item of bankFor(band))
				for (const locale of LOCALES) {
					const text = ask[`ask_${item}_${band.replace('-', '_')}`]!({}, { locale });
					expect(rulesOf(text, locale, band), text).not.toContain('too_long');
				}
	});
});

describe('a question of one’s own', () => {
	it('is missed in every language of the section that it is not worded in', () => {
		const warnings = questionWarnings(question(), { bands: ['6-9'], languages: ['en', 'ar'] });
		expect(warnings).toEqual([{ rule: 'language_missing', band: '6-9', locale: 'ar' }]);
	});

	it.each([
		['the same picture twice', ['moving', 'moving'], ['Running', 'Drawing']],
		['one without a picture', ['moving', null], ['Running', 'Drawing']],
		['one label far longer', ['moving', 'making'], ['Running', 'Drawing a very big picture']],
		['two labels alike', ['moving', 'making'], ['Play', 'play']]
	] as const)('warns of %s', (_, pictures, labels) => {
		const options = labels.map((en, at) => ({ picture: pictures[at] ?? null, texts: { en } }));
		const pick = question({ kind: 'pick', options });
		const rules = questionWarnings(pick, { bands: ['6-9'], languages: ['en'] });
		expect(rules.map(({ rule }) => rule)).toEqual(['unequal_options']);
	});

	it('is fine with options alike, and with none where one does not pick', () => {
		const options = [
			{ picture: 'moving' as const, texts: { en: 'Running' } },
			{ picture: 'making' as const, texts: { en: 'Drawing' } }
		];
		const asked = { bands: ['6-9'], languages: ['en'] } as const;
		expect(questionWarnings(question({ kind: 'pick', options }), asked)).toEqual([]);
		expect(questionWarnings(question({ kind: 'yes_no' }), asked)).toEqual([]);
	});

	it('does not ask the youngest to write', () => {
		const words = question({ kind: 'words' });
		expect(questionWarnings(words, { bands: ['6-9'], languages: ['en'] })[0]?.rule).toBe(
			'writing_too_young'
		);
	});
});

describe('a form', () => {
	it('as Halqa brings it needs no look', () => {
		for (const band of BANDS)
			for (const length of ['pulse', 'full'] as const)
				expect(formWarnings(formFor(band, length))).toEqual([]);
	});

	it('with too many questions, or without asking whether it was safe, does', () => {
		const form = { ...formFor('6-9', 'pulse'), items: ['again', 'best', 'listened'] as const };
		expect(formWarnings(form).map(({ rule }) => rule)).toEqual([
			'too_many_questions',
			'safe_not_asked'
		]);
	});
});
