import { formFor } from '#lib/features/asking/bank.rules.ts';
import { builtInContent, withForms, withQuestion } from '#lib/features/asking/draft.rules.ts';
import { paperCode } from '#lib/features/asking/paper.rules.ts';
import { CAST, SECTIONS } from '#lib/features/example/cast.ts';
import { exampleId } from '#lib/features/example/invent.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Stop } from './stops.ts';

/** The version the example's mothers and daughters are asked. */
export const ASKED = exampleId('asked mothers and daughters 1');
/** A draft of the section, whose one question has something of everything that is worth a look. */
export const ASKED_DRAFT = '0f5c0a52-7d1b-4f0e-9d55-7c8a1e3b2d51';
/** On the paper forms of a full form that comes with Halqa. */
export const FULL_ON_PAPER = paperCode(formFor('14-17', 'full'));

/** That draft, as its editors see it, and what children see of versions that look different. */
export async function anAskedDraft(db: Db): Promise<Stop[]> {
	const asked = withQuestion(builtInContent(), {
		...{ id: 'own_1', kind: 'pick', picture: null },
		texts: {
			'6-9': { en: 'Of course you did not like the songs and the games?' },
			'10-13': { en: 'What did you like?', ar: 'ماذا أحببتم؟' }
		},
		options: [
			{ picture: 'singing', texts: { en: 'Singing', fr: 'Chanter', ar: 'الغناء' } },
			{ picture: 'moving', texts: { en: 'Running', fr: 'Courir', ar: 'الركض' } },
			{ picture: 'making', texts: { en: 'Making things', fr: 'Bricoler', ar: 'صنع الأشياء' } }
		]
	});
	const items = ['own_1', 'safe'] as const;
	await db
		.insertInto('asked_version')
		.values({
			...{ id: ASKED_DRAFT, section_id: SECTIONS.lebanon, curriculum_id: null, number: 1 },
			content: JSON.stringify(withForms(asked, '6-9', { pulse: items, full: items })),
			...{ published_on: null, published_by: null }
		})
		.execute();
	const { manager } = CAST;
	const seen = (id: string, query: string) => `/asked/${id}?${query}`;
	return [
		{ name: 'asked draft', as: manager, path: `/settings/asked/${ASKED_DRAFT}`, again: true },
		{ name: 'asked pick', as: manager, path: seen(ASKED_DRAFT, 'band=6-9'), again: true },
		{ name: 'asked scale', as: manager, path: seen(ASKED, 'band=10-13'), again: true },
		{
			name: 'asked paper full',
			as: manager,
			path: `/asked/halqa/paper?band=14-17&length=full`,
			again: true
		}
	];
}
