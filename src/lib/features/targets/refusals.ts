import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { ChangeRefusal, DecideRefusal } from './changes.commands.server.ts';
import type { TargetRefusal } from './commands.server.ts';
import type { IndicatorRefusal } from './indicators.commands.server.ts';
import type { GroupRefusal, PartsRefusal, PasteRefusal } from './parts.commands.server.ts';
import { definitionField, nameField } from './words.ts';

/** Sending again, having been told, changes what stands there now. */
const changedMeanwhile = ({ version }: { version: number }) => ({
	message: m.target_changed_meanwhile(),
	values: { version: String(version) }
});

const nameMissing = () => ({ errors: { [nameField()]: m.target_name_missing() } });
const definitionMissing = () => ({
	errors: { [definitionField()]: m.target_definition_missing() }
});

export const TARGET_REFUSALS: Refusals<TargetRefusal> = {
	not_found: gone,
	name_missing: nameMissing,
	definition_missing: definitionMissing,
	project_unknown: beside('project', m.form_choose),
	indicator_unknown: beside('indicator', m.form_choose),
	changed_meanwhile: changedMeanwhile
};

export const CHANGE_REFUSALS: Refusals<ChangeRefusal> = {
	not_found: gone,
	nothing_changed: m.target_nothing_changed,
	one_waits: m.target_one_waits,
	changed_meanwhile: changedMeanwhile
};

export const DECIDE_REFUSALS: Refusals<DecideRefusal> = {
	not_found: gone,
	decided: m.target_decided,
	own_change: m.target_own_change,
	outdated: m.target_outdated
};

export const PARTS_REFUSALS: Refusals<PartsRefusal> = {
	not_found: gone,
	not_numbers: ({ centreIds }) => ({
		errors: Object.fromEntries(centreIds.map((id) => [`part.${id}`, m.form_number()]))
	}),
	changed_meanwhile: changedMeanwhile
};

export const PASTE_REFUSALS: Refusals<PasteRefusal> = {
	not_found: gone,
	/** They are shown in the table itself. */
	problems: () => ({ status: 422 })
};

export const GROUP_REFUSALS: Refusals<GroupRefusal> = {
	not_found: gone,
	there_already: m.target_group_there
};

export const INDICATOR_REFUSALS: Refusals<IndicatorRefusal> = {
	not_found: gone,
	name_missing: nameMissing,
	definition_missing: definitionMissing,
	rule_in_use: beside('measure', m.indicator_rule_in_use),
	changed_meanwhile: changedMeanwhile
};
