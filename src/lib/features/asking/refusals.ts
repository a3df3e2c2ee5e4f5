import { m } from '#lib/paraglide/messages.js';
import { gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type {
	AskingDraftRefusal,
	AskingPublishRefusal,
	AskingRefusal,
	FormRefusal,
	QuestionRefusal
} from './commands.server.ts';
import { gapWords } from './words.ts';

export const ASKING_DRAFT_REFUSALS: Refusals<AskingDraftRefusal> = {
	not_found: gone,
	not_editor: m.asked_refused_not_editor,
	draft_there: m.asked_refused_draft_there
};

export const ASKING_REFUSALS: Refusals<AskingRefusal> = {
	not_found: gone,
	not_editor: m.asked_refused_not_editor,
	published: m.asked_refused_published
};

export const QUESTION_REFUSALS: Refusals<QuestionRefusal> = {
	...ASKING_REFUSALS,
	too_many: m.asked_refused_too_many,
	no_question: m.asked_refused_no_question
};

export const FORM_REFUSALS: Refusals<FormRefusal> = {
	...ASKING_REFUSALS,
	asks_nothing: m.asked_refused_asks_nothing
};

export const ASKING_PUBLISH_REFUSALS: Refusals<AskingPublishRefusal> = {
	...ASKING_REFUSALS,
	gaps: ({ gaps }) => m.asked_refused_gaps({ gaps: [...new Set(gaps.map(gapWords))].join(' · ') })
};
