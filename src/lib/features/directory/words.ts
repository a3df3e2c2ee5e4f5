import { m } from '#lib/paraglide/messages.js';
import type { HelpAudience, HelpKind } from '#lib/platform/db/vocabularies.ts';

const KINDS: Record<HelpKind, () => string> = {
	child_line: m.directory_kind_child_line,
	protection: m.directory_kind_protection,
	health: m.directory_kind_health,
	support: m.directory_kind_support,
	police: m.directory_kind_police
};

const AUDIENCES: Record<HelpAudience, () => string> = {
	everyone: m.directory_for_everyone,
	children: m.directory_for_children,
	adults: m.directory_for_adults
};

/** Who somebody to turn to is. */
export function helpKindWord(kind: HelpKind): string {
	return KINDS[kind]();
}

/** Whom they help. */
export function helpAudienceWord(audience: HelpAudience): string {
	return AUDIENCES[audience]();
}
