import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals, type Told } from '#lib/platform/forms/refusals.ts';
import type { CurriculumRefusal } from './curriculum.commands.server.ts';
import type { ChangedMeanwhile, DraftRefusal } from './drafts.commands.server.ts';
import type { OutlineRefusal } from './outline.commands.server.ts';
import type { PictureRefusal } from './pictures.commands.server.ts';
import type { ActivityRefusal, PlanRefusal } from './plans.commands.server.ts';
import type { NextRefusal, PublishRefusal } from './versions.commands.server.ts';

export const CURRICULUM_REFUSALS: Refusals<CurriculumRefusal | ChangedMeanwhile> = {
	not_found: gone,
	not_editor: m.curricula_refused_not_editor,
	name_taken: beside('name_en', m.curricula_refused_name_taken),
	changed
};

export const NEXT_REFUSALS: Refusals<NextRefusal> = {
	not_found: gone,
	not_editor: m.curricula_refused_not_editor,
	draft_there: m.curricula_refused_draft_there
};

export const DRAFT_REFUSALS: Refusals<DraftRefusal> = {
	not_found: gone,
	not_editor: m.curricula_refused_not_editor,
	published: m.curricula_refused_published
};

export const PUBLISH_REFUSALS: Refusals<PublishRefusal> = {
	...DRAFT_REFUSALS,
	nothing_in_it: m.curricula_refused_nothing_in_it
};

export const OUTLINE_REFUSALS: Refusals<OutlineRefusal | ChangedMeanwhile> = {
	...DRAFT_REFUSALS,
	not_there: m.curricula_refused_not_there,
	nowhere_to_go: m.curricula_refused_nowhere_to_go,
	changed
};

export const PLAN_REFUSALS: Refusals<PlanRefusal | ActivityRefusal | ChangedMeanwhile> =
	OUTLINE_REFUSALS;

export const PICTURE_REFUSALS: Refusals<PictureRefusal> = {
	...DRAFT_REFUSALS,
	not_there: m.curricula_refused_not_there,
	share: beside('file', m.file_refused_share)
};

/** Sending again, having seen what stands now, means it. */
function changed({ version }: ChangedMeanwhile): Told {
	return { message: m.curricula_refused_changed(), values: { version: String(version) } };
}

export const PASTE_REFUSALS: Refusals<CurriculumRefusal | { reason: 'problems' }> = {
	...CURRICULUM_REFUSALS,
	/** They are shown in the table itself. */
	problems: () => ({ status: 422 })
};
