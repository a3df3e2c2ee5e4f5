/** Lebanon's roadmap: invented, and laid around today so that something is always done, running and late. */
import { addDays } from '../../platform/clock/days.ts';
import { quarterEnd } from '../roadmap/rules.ts';
import { COHORTS, MILESTONES, ROADMAPS, SECTIONS } from './cast.ts';
import { exampleId } from './invent.ts';
import { lastQuarter } from './quarter.ts';
import type { RoadmapPlan } from './roadmaps.ts';

/** About half a year: what the roadmap reaches back and ahead of today, then to whole quarters. */
const REACH_DAYS = 185;

const PARENTS = exampleId('partner parents');
const SCHOOLS = exampleId('partner schools');

export function lebanon(today: string): RoadmapPlan {
	const quarter = lastQuarter(today);
	const startsOn = addDays(lastQuarter(addDays(today, -REACH_DAYS)).endsOn, 1);
	const endsOn = quarterEnd(addDays(today, REACH_DAYS));
	const [from, to] = [startsOn.slice(0, 4), endsOn.slice(0, 4)];
	const years = from === to ? from : `${from}–${to}`;
	return {
		id: ROADMAPS.lebanon,
		sectionId: SECTIONS.lebanon,
		name: {
			en: `Roadmap of Lebanon ${years} (example)`,
			fr: `Feuille de route du Liban ${years} (exemple)`,
			ar: `خارطة طريق لبنان ${years} (مثال)`
		},
		startsOn,
		endsOn,
		partners: [
			{
				id: PARENTS,
				name: {
					en: 'Parents’ committee (example)',
					fr: 'Comité de parents (exemple)',
					ar: 'لجنة الأهل (مثال)'
				}
			},
			{
				id: SCHOOLS,
				name: {
					en: 'School network (example)',
					fr: 'Réseau d’écoles (exemple)',
					ar: 'شبكة المدارس (مثال)'
				}
			}
		],
		outcomes: [
			{
				name: {
					en: 'Children know what they are worth',
					fr: 'Les enfants savent ce qu’ils valent',
					ar: 'الأطفال يعرفون قيمتهم'
				},
				milestones: [
					{
						id: MILESTONES.firstRound,
						name: {
							en: 'Incredible Me in six centres',
							fr: 'Incroyable moi dans six centres',
							ar: '«أنا الرائع» في ستة مراكز'
						},
						kind: 'sessions',
						startsOn: quarter.startsOn,
						dueOn: quarter.endsOn,
						closed: {
							reachedOn: quarter.endsOn,
							evidence: {
								en: 'All registers of the six cycles are in. The centres looked through them together.',
								fr: 'Tous les registres des six cycles sont là. Les centres les ont relus ensemble.',
								ar: 'اكتملت سجلات الدورات الست وراجعتها المراكز معًا.'
							},
							confirmedBy: 'Programme board (example)'
						},
						cohortIds: [COHORTS.almondBlossoms, ...[4, 5, 6, 7, 8].map((centre) => nth(centre, 1))]
					},
					{
						id: MILESTONES.akkar,
						name: {
							en: 'Incredible Me in Akkar',
							fr: 'Incroyable moi au Akkar',
							ar: '«أنا الرائع» في عكار'
						},
						kind: 'sessions',
						startsOn: -30,
						dueOn: 45,
						activities: [
							{
								name: {
									en: 'Families invited',
									fr: 'Familles invitées',
									ar: 'دعوة العائلات'
								},
								startsOn: -60,
								endsOn: -25,
								partnerId: PARENTS
							}
						],
						cohortIds: [COHORTS.cedars, COHORTS.swallows]
					},
					{
						id: MILESTONES.baalbekToNorth,
						name: {
							en: 'Incredible Me, Baalbek to the North',
							fr: 'Incroyable moi, de Baalbek au Nord',
							ar: '«أنا الرائع» من بعلبك إلى الشمال'
						},
						kind: 'sessions',
						startsOn: -28,
						dueOn: 80,
						cohortIds: [4, 7, 10, 11].map((centre) => nth(centre, 2))
					},
					{
						id: MILESTONES.newGroups,
						name: {
							en: 'Incredible Me for the new groups',
							fr: 'Incroyable moi pour les nouveaux groupes',
							ar: '«أنا الرائع» للمجموعات الجديدة'
						},
						kind: 'sessions',
						startsOn: -7,
						dueOn: 110,
						partnerId: SCHOOLS
					}
				]
			},
			{
				name: {
					en: 'Mothers and daughters listen to each other',
					fr: 'Mères et filles s’écoutent',
					ar: 'الأمّهات والبنات يُصغين بعضهنّ إلى بعض'
				},
				milestones: [
					{
						id: MILESTONES.guide,
						name: {
							en: 'Guide for mothers and daughters agreed',
							fr: 'Guide pour mères et filles adopté',
							ar: 'إقرار دليل الأمّهات والبنات'
						},
						kind: 'checkpoint',
						startsOn: addDays(quarter.startsOn, -20),
						dueOn: addDays(quarter.startsOn, 25),
						closed: {
							reachedOn: addDays(quarter.startsOn, 21),
							evidence: {
								en: 'Version 1 is published among the curricula.',
								fr: 'La version 1 est publiée parmi les programmes.',
								ar: 'نُشرت النسخة الأولى ضمن المناهج.'
							},
							confirmedBy: 'Programme board (example)'
						}
					},
					{
						id: MILESTONES.pilot,
						name: {
							en: 'First group of mothers and daughters',
							fr: 'Premier groupe de mères et filles',
							ar: 'أول مجموعة أمّهات وبنات'
						},
						kind: 'sessions',
						startsOn: quarter.startsOn,
						dueOn: 20,
						cohortIds: [COHORTS.oliveGrove]
					},
					{
						id: MILESTONES.eveningHours,
						name: {
							en: 'Evening hours for working mothers',
							fr: 'Horaires du soir pour les mères qui travaillent',
							ar: 'مواعيد مسائية للأمّهات العاملات'
						},
						kind: 'checkpoint',
						startsOn: -120,
						dueOn: -33,
						partnerId: PARENTS,
						activities: [
							{
								name: {
									en: 'Mothers asked for their hours',
									fr: 'Mères interrogées sur leurs horaires',
									ar: 'سؤال الأمّهات عن أوقاتهنّ'
								},
								startsOn: -115,
								endsOn: -50,
								partnerId: PARENTS
							}
						]
					},
					{
						id: MILESTONES.mothers,
						name: {
							en: 'Mothers and daughters in four centres',
							fr: 'Mères et filles dans quatre centres',
							ar: 'أمّهات وبنات في أربعة مراكز'
						},
						kind: 'sessions',
						startsOn: -40,
						dueOn: 75,
						cohortIds: [COHORTS.jasmine, ...[3, 6, 9].map((centre) => nth(centre, 2))]
					}
				]
			},
			{
				name: {
					en: 'Adults answer what children ask',
					fr: 'Les adultes répondent à ce que les enfants demandent',
					ar: 'الكبار يجيبون عمّا يطلبه الأطفال'
				},
				milestones: [
					{
						id: MILESTONES.code,
						name: {
							en: 'Safeguarding code signed in all centres',
							fr: 'Code de protection signé dans tous les centres',
							ar: 'توقيع مدوّنة الحماية في كل المراكز'
						},
						kind: 'checkpoint',
						startsOn: -90,
						dueOn: -6
					},
					{
						id: MILESTONES.quietCorner,
						name: {
							en: 'A quiet corner in every centre',
							fr: 'Un coin calme dans chaque centre',
							ar: 'زاوية هادئة في كل مركز'
						},
						kind: 'checkpoint',
						startsOn: -50,
						dueOn: 28,
						fromChildren: true,
						activities: [
							{
								name: {
									en: 'Children draw the corners',
									fr: 'Les enfants dessinent les coins',
									ar: 'الأطفال يرسمون الزوايا'
								},
								startsOn: -45,
								endsOn: -5
							},
							{
								name: {
									en: 'Centres furnish them',
									fr: 'Les centres les aménagent',
									ar: 'المراكز تجهّزها'
								},
								startsOn: 0,
								endsOn: 26,
								partnerId: SCHOOLS
							}
						]
					},
					{
						id: MILESTONES.review,
						name: {
							en: 'Yearly review with the children',
							fr: 'Bilan annuel avec les enfants',
							ar: 'المراجعة السنوية مع الأطفال'
						},
						kind: 'checkpoint',
						startsOn: 90,
						dueOn: 165,
						fromChildren: true
					}
				]
			}
		]
	};
}

/** The first cohort of a centre is over, the second one runs. */
function nth(centre: number, number: 1 | 2): string {
	return exampleId(`cohort ${centre} ${number}`);
}
