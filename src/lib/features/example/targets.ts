import type { NewRow } from '../../platform/db/schema.ts';
import { CENTRE_COUNT, centreId, INDICATORS, SECTIONS, TARGETS } from './cast.ts';
import { centreRows } from './centres.ts';
import { exampleId, texts } from './invent.ts';
import { lastQuarter } from './quarter.ts';
import { came } from './registers.ts';

/** What the organisation's page says: 28,000 children and families from 2020 to 2025. */
export const STRATEGY_COUNT = 28_000;
/** "Reached so far", on the same page, without a date. */
const OPENING_COUNT = 21_600;
/** Centres with a part of the closed quarter, and that part against what they reached. */
const QUARTER_PARTS: Record<number, number> = {
	1: 0.9,
	2: 0.8,
	4: 1.25,
	7: 0.95,
	10: 1.4,
	15: 0.75
};

/** The current target with a part per centre, the last quarter's, and one of another country. */
export function targetRows(
	today: string,
	sessions: NewRow<'session'>[],
	marks: NewRow<'mark'>[]
): NewRow<'target'>[] {
	return [...strategy(today), ...quarter(today, sessions, marks), togo(today)];
}

export const openingBalanceRows: [NewRow<'opening_balance'>] = [
	{
		id: exampleId('opening balance'),
		section_id: SECTIONS.lebanon,
		target_id: TARGETS.strategy,
		amount: OPENING_COUNT,
		as_of: null,
		source_texts: texts(
			'The organisation’s own page, “reached so far”',
			'La page de l’organisation, « atteints jusqu’ici »',
			'صفحة المنظّمة نفسها، «من تم الوصول إليهم حتى الآن»'
		)
	}
];

/** What the targets of the example count. */
export const indicatorRows: NewRow<'indicator'>[] = [
	{
		...indicator(INDICATORS.lebanon, SECTIONS.lebanon),
		name_texts: texts(
			'Children and families reached',
			'Enfants et familles atteints',
			'أطفال وعائلات تم الوصول إليهم'
		),
		definition_texts: texts(
			'Every child, and every parent or other caregiver, who came to at least one session held in the period. Each person once.',
			'Chaque enfant, et chaque parent ou autre personne responsable, venu à au moins une séance tenue dans la période. Chacun une fois.',
			'كل طفل وكل والد أو مقدّم رعاية آخر حضر جلسة منعقدة واحدة على الأقل خلال الفترة. كل شخص مرة واحدة.'
		)
	},
	{
		...indicator(INDICATORS.togo, SECTIONS.togo),
		name_texts: texts('Children in workshops', 'Enfants en atelier', 'الأطفال في ورش العمل'),
		definition_texts: texts(
			'Everybody who came to at least one workshop held in the period. Each person once.',
			'Chaque personne venue à au moins un atelier tenu dans la période. Chacune une fois.',
			'كل من حضر ورشة عمل منعقدة واحدة على الأقل خلال الفترة. كل شخص مرة واحدة.'
		)
	}
];

function indicator(id: string, section_id: string) {
	return {
		...{ id, section_id, measure: 'reached' as const, disaggregation: 'sex,age,group' },
		...{ activityinfo_code: null, iati_code: null, dhis2_code: null }
	};
}

/** The period is extended so that it is current; the parts of the centres leave 100 people unplaced. */
function strategy(today: string): NewRow<'target'>[] {
	const period = {
		section_id: SECTIONS.lebanon,
		starts_on: '2020-01-01',
		ends_on: strategyEnd(today),
		is_example: 1
	};
	const country = {
		...period,
		id: TARGETS.strategy,
		indicator_id: INDICATORS.lebanon,
		centre_id: null,
		parent_id: null,
		name_texts: texts(
			'Children and families, strategy period extended (example)',
			'Enfants et familles, période de la stratégie prolongée (exemple)',
			'الأطفال والعائلات، فترة الاستراتيجية الممدّدة (مثال)'
		),
		amount: STRATEGY_COUNT
	};
	const parts = Array.from({ length: CENTRE_COUNT }, (_, i) => ({
		...period,
		id: exampleId(`target strategy ${i + 1}`),
		centre_id: centreId(i + 1),
		parent_id: TARGETS.strategy,
		name_texts: centreRows[i]!.name_texts,
		amount: 350 + [50, -20, -30][i % 3]!
	}));
	return [country, ...parts];
}

/** The last day of the strategy's period, extended so that it lies ahead. */
export function strategyEnd(today: string): string {
	const year = Number(today.slice(0, 4));
	return `${today > `${year}-10-01` ? year + 1 : year}-12-31`;
}

/** Set so that the quarter ended somewhat above its target: nothing may stop at 100 %. */
function quarter(
	today: string,
	sessions: NewRow<'session'>[],
	marks: NewRow<'mark'>[]
): NewRow<'target'>[] {
	const { year, number, startsOn, endsOn } = lastQuarter(today);
	const inQuarter = sessions.filter(({ on_date }) => on_date >= startsOn && on_date <= endsOn);
	const centreOf = new Map(inQuarter.map(({ id, centre_id }) => [id, centre_id]));
	const reached = marks.filter(({ session_id, code }) => centreOf.has(session_id) && came(code));
	const period = {
		section_id: SECTIONS.lebanon,
		starts_on: startsOn,
		ends_on: endsOn,
		is_example: 1
	};
	const country = {
		...period,
		id: TARGETS.lastQuarter,
		indicator_id: INDICATORS.lebanon,
		centre_id: null,
		parent_id: null,
		name_texts: texts(
			`Quarter ${number} of ${year} (example)`,
			`Trimestre ${number} de ${year} (exemple)`,
			`الفصل ${number} من ${year} (مثال)`
		),
		amount: Math.max(1, Math.floor(peopleIn(reached) / 1.15))
	};
	const parts = Object.entries(QUARTER_PARTS).map(([centre, share]) => {
		const id = centreId(Number(centre));
		const here = peopleIn(reached.filter(({ session_id }) => centreOf.get(session_id) === id));
		return {
			...period,
			id: exampleId(`target last quarter ${centre}`),
			centre_id: id,
			parent_id: TARGETS.lastQuarter,
			name_texts: centreRows[Number(centre) - 1]!.name_texts,
			amount: Math.max(1, Math.round(here * share))
		};
	});
	return [country, ...parts];
}

function togo(today: string): NewRow<'target'> {
	const year = today.slice(0, 4);
	return {
		id: TARGETS.togo,
		indicator_id: INDICATORS.togo,
		section_id: SECTIONS.togo,
		centre_id: null,
		parent_id: null,
		name_texts: texts(
			`Children in workshops, ${year} (example)`,
			`Enfants en atelier, ${year} (exemple)`,
			`الأطفال في ورش العمل، ${year} (مثال)`
		),
		starts_on: `${year}-01-01`,
		ends_on: `${year}-12-31`,
		amount: 300,
		is_example: 1
	};
}

function peopleIn(marks: NewRow<'mark'>[]): number {
	return new Set(marks.map(({ person_id }) => person_id)).size;
}
