import { m } from '#lib/paraglide/messages.js';
import type { Holder, Role } from '#lib/platform/access/roles.ts';
import { formatList } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

const WORDS: Record<Role, () => string> = {
	facilitator: m.role_facilitator,
	coordinator: m.role_coordinator,
	manager: m.role_manager,
	focal_point: m.role_focal_point,
	monitoring: m.role_monitoring,
	project_manager: m.role_project_manager,
	partner: m.role_partner,
	advisory_group: m.role_advisory_group,
	admin: m.role_admin,
	network: m.role_network
};

/** A role in the reader's language. */
export function roleWord(role: Role): string {
	return WORDS[role]();
}

/** The roles somebody holds as a list in the reader's language. */
export function roleWords({ roles }: Holder, locale: Locale): string {
	return formatList(
		roles.map(({ role }) => roleWord(role)),
		locale
	);
}
