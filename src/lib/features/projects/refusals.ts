import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { BelongingRefusal } from './belonging.commands.server.ts';
import type { EndRefusal, ProjectRefusal } from './commands.server.ts';

export const PROJECT_REFUSALS: Refusals<ProjectRefusal> = {
	not_found: gone,
	body_unknown: beside('funder', m.form_choose),
	section_unknown: beside('section', m.form_choose),
	country_unknown: beside('countries', ({ names }) =>
		m.project_country_unknown({ names: names.join(', ') })
	),
	section_in_use: beside('section', m.project_section_in_use),
	/** Sending again, having been told, changes what stands there now. */
	changed_meanwhile: ({ version }) => ({
		message: m.project_changed_meanwhile(),
		values: { version: String(version) }
	})
};

export const END_REFUSALS: Refusals<EndRefusal> = { not_found: gone };

export const BELONGING_REFUSALS: Refusals<BelongingRefusal> = {
	not_found: gone,
	ended: m.project_is_ended,
	cycle_unknown: beside('cycle', m.form_choose),
	roadmap_unknown: beside('roadmap', m.project_roadmap_unknown),
	there_already: m.project_there_already
};
