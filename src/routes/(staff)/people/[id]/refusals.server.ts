import { m } from '#lib/paraglide/messages.js';
import type { TakeApartRefusal } from '#lib/features/attendance/parting.server.ts';
import type { MoveRefusal } from '#lib/features/cohorts/membership.server.ts';
import type { CareRefusal } from '#lib/features/people/caring.server.ts';
import type { GuardianRefusal } from '#lib/features/people/guardian.server.ts';
import type { KeyReused } from '#lib/platform/command/command.ts';

export function guardianWords(reason: (GuardianRefusal | KeyReused)['reason']): string {
	return {
		not_found: m.guardian_gone,
		changed_meanwhile: m.people_changed_meanwhile,
		too_many: m.guardian_too_many,
		key_reused: m.form_key_reused
	}[reason]();
}

export function moveWords(reason: (MoveRefusal | KeyReused)['reason']): string {
	return {
		not_found: m.error_not_found,
		changed_meanwhile: m.people_changed_meanwhile,
		same_centre: m.people_move_same,
		key_reused: m.form_key_reused
	}[reason]();
}

export function apartWords(reason: (TakeApartRefusal | KeyReused)['reason']): string {
	return {
		not_found: m.merge_gone,
		later_merge: m.merge_later,
		changed_since: m.merge_changed,
		cohort_full: m.merge_full,
		key_reused: m.form_key_reused
	}[reason]();
}

export function careWords(reason: (CareRefusal | KeyReused)['reason']): string {
	return {
		not_found: m.care_gone,
		not_a_child: m.care_not_a_child,
		known: m.care_known,
		key_reused: m.form_key_reused
	}[reason]();
}
