import { m } from '#lib/paraglide/messages.js';
import type { SessionStatus, Sex } from '#lib/platform/db/schema.ts';
import type { TableName } from './types.ts';

const TABLE_WORDS: Record<TableName, () => string> = {
	people: m.exports_people,
	cohorts: m.exports_cohorts,
	members: m.exports_members,
	sessions: m.exports_sessions,
	registers: m.exports_registers,
	missing: m.exports_missing,
	centres: m.exports_centres,
	rooms: m.exports_rooms,
	closed_days: m.closed_title,
	curricula: m.nav_curricula,
	targets: m.nav_targets,
	milestones: m.roadmap_milestones,
	voices: m.voices_title,
	adult_voices: m.voices_adults_title,
	accounts: m.exports_accounts
};

/** A table's name in the reader's language. */
export function tableWord(name: TableName): string {
	return TABLE_WORDS[name]();
}

const STATUS_WORDS: Record<SessionStatus, () => string> = {
	held: m.exports_held,
	planned: m.exports_planned,
	cancelled: m.exports_cancelled
};

export function statusWord(status: SessionStatus): string {
	return STATUS_WORDS[status]();
}

const SEX_WORDS: Record<Sex, () => string> = { f: m.sex_f, m: m.sex_m, other: m.sex_other };

export function sexWord(sex: Sex): string {
	return SEX_WORDS[sex]();
}
