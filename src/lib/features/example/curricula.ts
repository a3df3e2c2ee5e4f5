import type { Audience, NewRow } from '../../platform/db/schema.ts';
import type { CurriculumType } from '../../platform/db/vocabularies.ts';
import type { Picture } from '../curricula/types.ts';
import { TEMPLATE } from '../curricula/template.rules.ts';
import { addDays } from '../../platform/clock/days.ts';
import { SECTIONS, VERSIONS } from './cast.ts';
import { textsJson } from '../../platform/i18n/texts.ts';
import { exampleId, texts } from './invent.ts';

export const MINUTES = 90;

type Three = [en: string, fr: string, ar: string];
interface Module {
	name: Three;
	sessions: { picture: Picture; title: Three }[];
}

/** Name and modules as the organisation describes its method; the sessions are invented. */
const INCREDIBLE_ME: Module[] = [
	{
		name: ['Introduction (Who am I)', 'Introduction (Qui suis-je)', 'مقدّمة (من أنا)'],
		sessions: [
			{ picture: 'circle', title: ['My name, my circle', 'Mon prénom, mon cercle', 'اسمي وحلقتي'] },
			{ picture: 'making', title: ['A map of me', 'Ma carte à moi', 'خريطتي أنا'] }
		]
	},
	{
		name: ['I am Lovable', 'Je mérite qu’on m’aime', 'أستحقّ أن أُحَبّ'],
		sessions: [
			{
				picture: 'sharing',
				title: ['People who are good to me', 'Ceux qui me font du bien', 'من يعاملني بمحبّة']
			},
			{
				picture: 'talking',
				title: ['A kind word for myself', 'Un mot gentil pour moi', 'كلمة لطيفة لنفسي']
			},
			{
				picture: 'moving',
				title: [
					'My body moves, my body rests',
					'Mon corps bouge, mon corps se repose',
					'جسدي يتحرّك ويرتاح'
				]
			}
		]
	},
	{
		name: ['I am Grateful', 'Je ressens de la gratitude', 'أشعر بالامتنان'],
		sessions: [
			{
				picture: 'sharing',
				title: ['Small good things', 'Les petites bonnes choses', 'أشياء صغيرة جميلة']
			},
			{
				picture: 'singing',
				title: ['A thank-you song', 'Une chanson pour dire merci', 'أغنية شكر']
			}
		]
	},
	{
		name: ['I am Courageous', 'J’ai du courage', 'لديّ شجاعة'],
		sessions: [
			{
				picture: 'breathing',
				title: ['What fear feels like', 'À quoi ressemble la peur', 'بماذا أشعر حين أخاف']
			},
			{ picture: 'brave', title: ['One brave step', 'Un pas courageux', 'خطوة شجاعة'] },
			{ picture: 'talking', title: ['Asking for help', 'Demander de l’aide', 'أطلب المساعدة'] }
		]
	},
	{
		name: ['I Can Do It', 'Je peux le faire', 'أنا أستطيع'],
		sessions: [
			{ picture: 'making', title: ['Our plan together', 'Notre projet ensemble', 'خطّتنا معًا'] },
			{ picture: 'singing', title: ['Our celebration', 'Notre fête', 'احتفالنا'] }
		]
	}
];

/** Invented. */
const MOTHERS_AND_DAUGHTERS: Module[] = [
	{
		name: ['Listening', 'S’écouter', 'الإصغاء'],
		sessions: [
			{
				picture: 'circle',
				title: ['A welcome for two', 'Un accueil à deux', 'أهلًا بنا نحن الاثنتين']
			},
			{ picture: 'talking', title: ['How we listen', 'Comment nous écoutons', 'كيف نُصغي'] },
			{ picture: 'sharing', title: ['What I see in you', 'Ce que je vois en toi', 'ما أراه فيكِ'] }
		]
	},
	{
		name: ['Growing', 'Grandir', 'النموّ'],
		sessions: [
			{
				picture: 'talking',
				title: [
					'Growing up, then and now',
					'Grandir, hier et aujourd’hui',
					'كيف نكبر، بالأمس واليوم'
				]
			},
			{
				picture: 'breathing',
				title: ['Worry and rest', 'L’inquiétude et le repos', 'القلق والراحة']
			}
		]
	},
	{
		name: ['Deciding together', 'Décider ensemble', 'نقرّر معًا'],
		sessions: [
			{
				picture: 'brave',
				title: ['Saying no, saying yes', 'Dire non, dire oui', 'نقول لا، نقول نعم']
			},
			{ picture: 'sharing', title: ['A decision for two', 'Une décision à deux', 'قرار لاثنتين'] },
			{
				picture: 'making',
				title: ['What we take home', 'Ce que nous emportons', 'ما نحمله إلى البيت']
			}
		]
	}
];

interface Curriculum {
	key: keyof typeof VERSIONS;
	name: Three;
	type: CurriculumType;
	audience: Audience;
	modules: Module[];
}

const CURRICULA: Curriculum[] = [
	{
		key: 'incredibleMe',
		name: ['Incredible Me', 'Incroyable moi', 'أنا الرائع'],
		type: 'community_pss',
		audience: 'children',
		modules: INCREDIBLE_ME
	},
	{
		key: 'mothersAndDaughters',
		name: ['Mothers and daughters (example)', 'Mères et filles (exemple)', 'أمّهات وبنات (مثال)'],
		type: 'mother_daughter',
		audience: 'caregivers',
		modules: MOTHERS_AND_DAUGHTERS
	}
];

export const curriculumRows: NewRow<'curriculum'>[] = CURRICULA.map(
	({ key, name, type, audience }) => ({
		id: exampleId(`curriculum ${key}`),
		section_id: SECTIONS.lebanon,
		name_texts: texts(...name),
		audience,
		type,
		layer: 'community'
	})
);

/** Version 1 of each, published long before any cycle of the example began. */
export function versionRows(today: string): NewRow<'curriculum_version'>[] {
	return CURRICULA.map(({ key }) => ({
		id: VERSIONS[key],
		section_id: SECTIONS.lebanon,
		curriculum_id: exampleId(`curriculum ${key}`),
		number: 1,
		published_on: addDays(today, -400)
	}));
}

function moduleId(key: string, nth: number): string {
	return exampleId(`module ${key} ${nth + 1}`);
}

export const moduleRows: NewRow<'curriculum_module'>[] = CURRICULA.flatMap(({ key, modules }) =>
	modules.map(({ name }, nth) => ({
		id: moduleId(key, nth),
		section_id: SECTIONS.lebanon,
		version_id: VERSIONS[key],
		position: nth + 1,
		name_texts: texts(...name)
	}))
);

export const sessionPlanRows: NewRow<'session_plan'>[] = CURRICULA.flatMap(({ key, modules }) =>
	modules
		.flatMap(({ sessions }, nth) =>
			sessions.map((session) => ({ module_id: moduleId(key, nth), ...session }))
		)
		.map(({ module_id, title, picture }, i) => ({
			id: exampleId(`session plan ${key} ${i + 1}`),
			section_id: SECTIONS.lebanon,
			version_id: VERSIONS[key],
			position: i + 1,
			module_id,
			title_texts: texts(...title),
			minutes: MINUTES,
			picture
		}))
);

/** Of _Incredible Me_: invented, what the sessions of the template do. Nobody has written down yet what mothers and daughters do. */
export const planActivityRows: NewRow<'plan_activity'>[] = sessionPlanRows.flatMap(
	({ id, section_id, version_id, position }) => {
		if (version_id !== VERSIONS.incredibleMe) return [];
		const plans = TEMPLATE.flatMap(({ plans }) => plans);
		return plans[(position - 1) % plans.length]!.activities.map((activity, at) => ({
			...{ id: exampleId(`activity ${id} ${at + 1}`), section_id, plan_id: id, position: at + 1 },
			minutes: activity.minutes,
			title_texts: textsJson(activity.title),
			children_texts: textsJson(activity.children ?? {}),
			says_texts: textsJson(activity.says ?? {})
		}));
	}
);
