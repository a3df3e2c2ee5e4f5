/**
 * The roadmaps of "The Now and the Future" (Child Rights Connect, 2024–2027) in Brazil, Moldova, Thailand
 * and Togo. Partners and past checkpoints are those of the project's published pages; what lies ahead is
 * invented, never late, and says nothing about the organisations.
 */
import { addDays } from '../../platform/clock/days.ts';
import type { Texts } from '../../platform/i18n/texts.ts';
import { ROADMAPS, SECTIONS } from './cast.ts';
import { exampleId } from './invent.ts';
import {
	ALANA,
	AMNESTY,
	CONFIRMED_MONTH_ONLY,
	CONFIRMED_WORKSHOP,
	CRIC,
	GUIDE,
	INCEPTION,
	LANES,
	MEETING,
	nameOf,
	PLAN,
	PROJECT_PAGE,
	REVIEW,
	SIDE_EVENT,
	VISION,
	WORKSHOP_BRAZIL,
	WORKSHOPS
} from './roadmaps-project-texts.ts';
import type { MilestonePlan, RoadmapPlan } from './roadmaps.ts';

const FIRST_DAY = '2024-06-01';
const SECRETARIAT = 'Child Rights Connect';

type Country = 'brazil' | 'moldova' | 'thailand' | 'togo';

/** Who the partner is, and by how many days the invented dates differ from country to country. */
const COUNTRIES: Record<Country, { partner: Texts; shift: number }> = {
	brazil: { partner: ALANA, shift: 0 },
	moldova: { partner: CRIC, shift: 9 },
	thailand: { partner: AMNESTY, shift: 17 },
	togo: { partner: PLAN, shift: 24 }
};

export function projectCountries(today: string): RoadmapPlan[] {
	return (Object.keys(COUNTRIES) as Country[]).map((country) => planOf(country, today));
}

/** From the first workshop to the end of 2027, or of the year after what is invented. */
function planOf(country: Country, today: string): RoadmapPlan {
	const { partner, shift } = COUNTRIES[country];
	const lastYear = Math.max(2027, Number(addDays(today, 200).slice(0, 4)));
	const partnerId = exampleId(`partner ${country}`);
	const milestone = (
		key: string,
		given: Omit<MilestonePlan, 'id' | 'kind'> & Partial<MilestonePlan>
	): MilestonePlan => ({
		id: exampleId(`milestone ${country} ${key}`),
		kind: 'checkpoint',
		...given
	});
	const known = (key: string, name: Texts, from: string, to: string, evidence: Texts) =>
		milestone(key, {
			name,
			startsOn: from,
			dueOn: to,
			source: PROJECT_PAGE,
			closed: { reachedOn: to, evidence, confirmedBy: SECRETARIAT }
		});
	return {
		id: ROADMAPS[country],
		sectionId: SECTIONS[country],
		name: nameOf(country, lastYear),
		startsOn: today < FIRST_DAY ? `${addDays(today, -200).slice(0, 4)}-01-01` : FIRST_DAY,
		endsOn: `${lastYear}-12-31`,
		partners: [{ id: partnerId, name: partner, source: PROJECT_PAGE }],
		outcomes: [
			{
				name: LANES.start,
				milestones: [
					known('inception', INCEPTION, '2024-06-01', '2024-06-30', CONFIRMED_MONTH_ONLY),
					...(country === 'brazil'
						? [
								{
									...known(
										'workshop',
										WORKSHOP_BRAZIL,
										'2024-07-15',
										'2024-07-18',
										CONFIRMED_WORKSHOP
									),
									partnerId
								}
							]
						: []),
					known('vision', VISION, '2024-07-01', '2024-09-30', CONFIRMED_MONTH_ONLY),
					known('side event', SIDE_EVENT, '2024-09-01', '2024-09-30', CONFIRMED_MONTH_ONLY)
				]
			},
			{
				name: LANES.safe,
				milestones: [
					milestone('guide', {
						name: GUIDE,
						startsOn: -70 - shift,
						dueOn: 40 + shift,
						partnerId
					}),
					milestone('workshops', {
						name: WORKSHOPS,
						kind: 'sessions',
						startsOn: 20 + shift,
						dueOn: 150 + shift,
						partnerId
					})
				]
			},
			{
				name: LANES.heard,
				milestones: [
					milestone('review', {
						name: REVIEW,
						startsOn: -30 - shift,
						dueOn: 55 + shift,
						fromChildren: true
					}),
					milestone('meeting', {
						name: MEETING,
						startsOn: 35 + shift,
						dueOn: 170 + shift,
						partnerId,
						fromChildren: true
					})
				]
			}
		]
	};
}
