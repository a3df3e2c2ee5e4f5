/**
 * The projects of the example as rows. "The Now and the Future" is Child Rights Connect's, with its funder, partners,
 * years and advisory group as its published pages say; that Togo's section keeps it here is invented, and so is
 * Lebanon's grant.
 */
import { addDays } from '../../platform/clock/days.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import { textsJson, type Texts } from '../../platform/i18n/texts.ts';
import { INDICATORS, MILESTONES, PROJECTS, SECTIONS, TARGETS } from './cast.ts';
import { exampleId, texts } from './invent.ts';
import { ALANA, AMNESTY, CRIC, PROJECT_PAGE } from './roadmaps-project-texts.ts';
import type { RoadmapRows } from './roadmaps.ts';

export interface ProjectRows {
	body: NewRow<'body'>[];
	body_kind: NewRow<'body_kind'>[];
	project: NewRow<'project'>[];
	project_body: NewRow<'project_body'>[];
	project_section: NewRow<'project_section'>[];
	project_cycle: NewRow<'project_cycle'>[];
	project_target: NewRow<'project_target'>[];
	project_milestone: NewRow<'project_milestone'>[];
}

const { lebanon, togo, brazil, moldova, thailand } = SECTIONS;
const COUNTRIES = [brazil, moldova, thailand, togo];
/** Milestones of Lebanon's roadmap the grant pays for; with them come the cycles linked to them. */
const PAID = [MILESTONES.firstRound, MILESTONES.akkar];

interface BodyPlan {
	id: string;
	section_id: string;
	name: Texts;
	part: 'funder' | 'partner';
	source?: Texts;
}

const GRANT_FUNDER = exampleId('funder grant');
const BODIES: BodyPlan[] = [
	{
		...{ id: exampleId('funder now and future'), section_id: togo, part: 'funder' as const },
		name: {
			en: 'Global Affairs Canada',
			fr: 'Affaires mondiales Canada',
			ar: 'الشؤون العالمية الكندية'
		},
		source: PROJECT_PAGE
	},
	...[ALANA, CRIC, AMNESTY].map((name) => ({
		...{ id: exampleId(`project partner ${name.en}`), section_id: togo, part: 'partner' as const },
		...{ name, source: PROJECT_PAGE }
	})),
	{
		...{ id: GRANT_FUNDER, section_id: lebanon, part: 'funder' as const },
		name: {
			en: 'A foundation (example)',
			fr: 'Une fondation (exemple)',
			ar: 'مؤسسة مانحة (مثال)'
		}
	}
];

/** Every project around a day, with what belongs to it. */
export function projectRows(today: string, roadmaps: RoadmapRows): ProjectRows {
	const part = (project_id: string, body: Pick<BodyPlan, 'id' | 'section_id' | 'part'>) => ({
		...{ project_id, body_id: body.id, part: body.part, section_id: body.section_id }
	});
	return {
		body: BODIES.map(({ id, section_id, name, source }) => ({
			...{ id, section_id, name_texts: textsJson(name) },
			source_texts: source ? textsJson(source) : null
		})),
		body_kind: BODIES.map(({ id, section_id, part: kind }) => ({ body_id: id, kind, section_id })),
		project: [nowAndFuture(), grant(today)],
		project_body: [
			...BODIES.filter(({ section_id }) => section_id === togo).map((body) =>
				part(PROJECTS.nowAndFuture, body)
			),
			part(PROJECTS.nowAndFuture, {
				...{ id: exampleId('partner togo'), section_id: togo, part: 'partner' }
			}),
			part(PROJECTS.grant, { id: GRANT_FUNDER, section_id: lebanon, part: 'funder' }),
			part(PROJECTS.grant, {
				...{ id: exampleId('partner parents'), section_id: lebanon, part: 'partner' }
			})
		],
		project_section: [
			...COUNTRIES.map((section_id) => ({
				...{ project_id: PROJECTS.nowAndFuture, section_id, shows_roadmaps: 1 }
			})),
			{ project_id: PROJECTS.grant, section_id: lebanon, shows_roadmaps: 0 }
		],
		project_cycle: distinct(
			roadmaps.milestone_cycle
				.filter(({ milestone_id }) => PAID.some((id) => id === milestone_id))
				.map(({ cycle_id }) => cycle_id)
		).map((cycle_id) => ({ project_id: PROJECTS.grant, cycle_id, section_id: lebanon })),
		project_target: [{ project_id: PROJECTS.grant, target_id: TARGETS.grant, section_id: lebanon }],
		project_milestone: [
			...roadmaps.milestone
				.filter(({ section_id }) => COUNTRIES.some((id) => id === section_id))
				.map(({ id, section_id }) => ({
					...{ project_id: PROJECTS.nowAndFuture, milestone_id: id, section_id }
				})),
			...PAID.map((milestone_id) => ({
				...{ project_id: PROJECTS.grant, milestone_id, section_id: lebanon }
			}))
		]
	};
}

/** The target of Lebanon's grant: who came to sessions of its cycles, and nobody else. */
export function grantTarget(today: string): NewRow<'target'> {
	return {
		...{ id: TARGETS.grant, section_id: lebanon, centre_id: null, parent_id: null },
		indicator_id: INDICATORS.lebanon,
		name_texts: texts(
			'Children in the grant’s groups (example)',
			'Enfants dans les groupes de la subvention (exemple)',
			'أطفال في مجموعات المنحة (مثال)'
		),
		...{ starts_on: addDays(today, -200), ends_on: addDays(today, 165) },
		...{ amount: 150, is_example: 1 }
	};
}

function nowAndFuture(): NewRow<'project'> {
	return {
		...{ id: PROJECTS.nowAndFuture, section_id: togo, is_example: 0, ended_on: null },
		name_texts: texts(
			'The Now and the Future: Advancing the Rights, Empowerment, and Protection of Child Human Rights Defenders',
			'The Now and the Future : droits, autonomie et protection des enfants défenseurs des droits humains',
			'الآن والمستقبل: تعزيز حقوق الأطفال المدافعين عن حقوق الإنسان وتمكينهم وحمايتهم'
		),
		advisory_texts: texts(
			'Project Advisory Group: the Child Rights Connect secretariat, the partner organisations and the Children’s Advisory Team',
			'Groupe consultatif du projet : le secrétariat de Child Rights Connect, les organisations partenaires et l’équipe consultative d’enfants',
			'المجموعة الاستشارية للمشروع: أمانة Child Rights Connect والمنظمات الشريكة وفريق الأطفال الاستشاري'
		),
		...{ countries: 'BR,MD,TH,TG', starts_on: '2024-06-01', ends_on: '2027-12-31' }
	};
}

function grant(today: string): NewRow<'project'> {
	return {
		...{ id: PROJECTS.grant, section_id: lebanon, is_example: 1, ended_on: null },
		name_texts: texts(
			'Groups in the North and the Bekaa (example)',
			'Groupes dans le Nord et la Bekaa (exemple)',
			'مجموعات في الشمال والبقاع (مثال)'
		),
		...{ countries: 'LB', advisory_texts: '{}' },
		...{ starts_on: addDays(today, -200), ends_on: addDays(today, 165) }
	};
}

function distinct(ids: string[]): string[] {
	return [...new Set(ids)];
}
