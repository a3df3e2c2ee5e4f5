import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { SayingRefusal, WithdrawRefusal } from './commands.server.ts';
import type { PaperRefusal, Unsigned } from './paper.commands.server.ts';
import type { TermsRefusal } from './terms.commands.server.ts';
import type { TextRefusal } from './texts.commands.server.ts';
import { mayNotWords } from './words.ts';

export const SAYING_REFUSALS: Refusals<SayingRefusal> = {
	not_found: gone,
	in_future: beside('on', m.consent_in_future),
	giver_unknown: beside('who', m.consent_giver_unknown),
	not_asked: beside('who', m.consent_not_asked),
	may_not: beside('who', ({ why }) => mayNotWords(why)),
	changed_meanwhile: ({ seen }) => ({
		message: m.consent_seen(),
		values: { seen: String(seen) }
	})
};

export const WITHDRAW_REFUSALS: Refusals<WithdrawRefusal> = {
	not_found: gone,
	nothing_given: m.consent_nothing_given
};

export const PAPER_REFUSALS: Refusals<PaperRefusal> = {
	not_found: gone,
	in_future: beside('on', m.consent_in_future),
	nothing_typed: m.consent_papers_nothing,
	changed_meanwhile: m.consent_papers_meanwhile,
	said_no: ({ fields }) => ({ errors: besideEach(fields, m.consent_papers_said_no()) }),
	may_not: ({ fields }) => ({ errors: besideEach(fields, m.consent_papers_may_not()) })
};

export const TERMS_REFUSALS: Refusals<TermsRefusal> = {
	changed_meanwhile: ({ version }) => ({
		message: m.target_changed_meanwhile(),
		values: { version: String(version) }
	})
};

export const TEXT_REFUSALS: Refusals<TextRefusal> = {
	nothing_changed: beside('body', m.consent_text_same),
	changed_meanwhile: ({ number }) => ({
		message: m.target_changed_meanwhile(),
		values: { number: String(number) }
	})
};

function besideEach(fields: readonly Unsigned[], words: string): Record<string, string> {
	return Object.fromEntries(
		fields.map(({ personId, signature }) => [`${signature}.${personId}`, words])
	);
}
