import { m } from '#lib/paraglide/messages.js';
import { gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { CheckRefusal, CorrectRefusal } from './commands.server.ts';

export const CORRECT_REFUSALS: Refusals<CorrectRefusal> = {
	not_found: gone,
	not_whole: m.wording_not_whole,
	lacks: ({ names }) => ({ errors: { text: m.wording_lacks({ names: inBraces(names) }) } }),
	unknown: ({ names }) => ({ errors: { text: m.wording_unknown({ names: inBraces(names) }) } }),
	brace: () => ({ errors: { text: m.wording_brace() } })
};

export const CHECK_REFUSALS: Refusals<CheckRefusal> = {
	not_found: gone,
	not_whole: m.wording_not_whole,
	texts_changed: m.wording_texts_changed
};

function inBraces(names: readonly string[]): string {
	return names.map((name) => `{${name}}`).join(' ');
}
