import { m } from '#lib/paraglide/messages.js';
import type { Role } from '#lib/platform/access/roles.ts';

const WORDS: Record<Role, () => string> = {
	facilitator: m.role_facilitator,
	coordinator: m.role_coordinator,
	manager: m.role_manager,
	focal_point: m.role_focal_point,
	advisory_group: m.role_advisory_group,
	admin: m.role_admin,
	network: m.role_network
};

/** A role in the reader's language. */
export function roleWord(role: Role): string {
	return WORDS[role]();
}
