/** What the mothers and daughters of the Lebanese section are asked besides: one question of its own. Invented. */
import type { NewRow } from '../../platform/db/schema.ts';
import { addDays } from '../../platform/clock/days.ts';
import { BANDS, type Band, type Item } from '../asking/bank.rules.ts';
import { builtInContent, withQuestion, type AskedContent } from '../asking/draft.rules.ts';
import type { Asked, OwnQuestion } from '../asking/types.ts';
import { CAST, SECTIONS } from './cast.ts';
import { exampleId } from './invent.ts';

/** Published so many days ago: sessions before were asked the forms that come with Halqa. */
export const ASKED_DAYS = 40;
const ID = exampleId('asked mothers and daughters 1');

const TIME_TOGETHER: OwnQuestion = {
	...{ id: 'own_1', kind: 'scale', picture: 'sharing', options: [] },
	texts: {
		'6-9': {
			en: 'Did you have time with your mother?',
			fr: 'As-tu eu du temps avec ta maman ?',
			ar: 'هل كان لديك وقت مع أمك؟'
		},
		'10-13': {
			en: 'Did you have enough time with your mother today?',
			fr: 'As-tu eu assez de temps avec ta mère aujourd’hui ?',
			ar: 'هل كان لديك اليوم وقت كافٍ مع أمك؟'
		},
		'14-17': {
			en: 'Did the session leave you enough time with your mother?',
			fr: 'La séance t’a-t-elle laissé assez de temps avec ta mère ?',
			ar: 'هل تركت لك الجلسة وقتًا كافيًا مع أمك؟'
		},
		adult: {
			en: 'Did the session leave you enough time with your daughter?',
			fr: 'La séance vous a-t-elle laissé assez de temps avec votre fille ?',
			ar: 'هل تركت لك الجلسة وقتًا كافيًا مع ابنتك؟'
		}
	}
};

/** In place of which item each age is asked it, so that no form grows. */
const IN_PLACE_OF: Record<Band, Item> = {
	'6-9': 'best',
	'10-13': 'fun',
	'14-17': 'worth',
	adult: 'useful'
};

function content(): AskedContent {
	const { forms } = builtInContent();
	const asked = BANDS.flatMap((band) =>
		(['pulse', 'full'] as const).map((length) => {
			const key = `${length} ${band}` as const;
			const items = forms[key]!.map((item) => (item === IN_PLACE_OF[band] ? 'own_1' : item));
			return [key, items] as const;
		})
	);
	return withQuestion({ questions: [], forms: Object.fromEntries(asked) }, TIME_TOGETHER);
}

/** The one version, as it is read. */
export const MOTHERS_ASKED: Asked = { id: ID, number: 1, ...content() };

export function askedRows(today: string): NewRow<'asked_version'>[] {
	return [
		{
			...{ id: ID, section_id: SECTIONS.lebanon, number: 1 },
			curriculum_id: exampleId('curriculum mothersAndDaughters'),
			content: JSON.stringify(content()),
			published_on: addDays(today, -ASKED_DAYS),
			published_by: CAST.manager.id
		}
	];
}
