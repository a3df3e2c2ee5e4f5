import { instantOf } from '../../platform/clock/zone.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import type { Texts } from '../../platform/i18n/texts.ts';
import { addDays } from '../../platform/clock/days.ts';
import { CAST, SECTIONS, TARGETS } from './cast.ts';
import { exampleId } from './invent.ts';
import { openingBalanceRows, STRATEGY_COUNT, strategyEnd } from './targets.ts';

/** What was changed of the example's targets, and parts that do not add up. */

/** Girls and women, boys and men: together five hundred fewer than the whole. */
export const targetGroupRows: NewRow<'target_group'>[] = [
	['f', 15_000] as const,
	['m', 12_500] as const
].map(([sex, amount]) => ({
	id: exampleId(`target group ${sex}`),
	section_id: SECTIONS.lebanon,
	target_id: TARGETS.strategy,
	...{ sex, age_from: null, age_to: null, population_group: null },
	amount
}));

/** The strategy ended with 2025; its period was extended, and somebody else confirmed it. */
export function targetChangeRows(today: string): NewRow<'target_change'>[] {
	const proposedAt = instantOf(addDays(today, -30), '10:00', 'Asia/Beirut');
	const confirmedAt = instantOf(addDays(today, -29), '09:00', 'Asia/Beirut');
	const [{ amount, as_of, source_texts }] = openingBalanceRows;
	const opening = { amount, asOf: as_of, source: JSON.parse(source_texts) as Texts };
	const numbers = (endsOn: string) =>
		JSON.stringify({ startsOn: '2020-01-01', endsOn, amount: STRATEGY_COUNT, opening });
	return [
		{
			id: exampleId('target change'),
			section_id: SECTIONS.lebanon,
			target_id: TARGETS.strategy,
			old_numbers: numbers('2025-12-31'),
			new_numbers: numbers(strategyEnd(today)),
			reason: 'The next strategy is not agreed yet (example)',
			proposed_by: CAST.manager.id,
			proposed_at: proposedAt,
			took_effect_at: confirmedAt,
			confirmed_by: CAST.admin.id,
			confirmed_at: confirmedAt
		}
	];
}
