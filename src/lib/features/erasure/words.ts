import { m } from '#lib/paraglide/messages.js';
import type { ErasureReason, RetentionKind } from '#lib/platform/db/vocabularies.ts';
import type { Removed, Staying } from './types.ts';

const REASONS: Record<ErasureReason, () => string> = {
	withdrawn: m.erase_reason_withdrawn,
	asked: m.erase_reason_asked,
	mistake: m.erase_reason_mistake
};

/** Why somebody is erased, in the reader's language. */
export function reasonWord(reason: ErasureReason): string {
	return REASONS[reason]();
}

export interface Line {
	label: string;
	count: number;
}

/** What goes with somebody, a line for each kind of which there is any; their entry always. */
export function removedLines(removed: Removed): Line[] {
	return [
		{ label: m.erase_entries(), count: removed.entries },
		...[
			{ label: m.erase_contacts(), count: removed.contacts },
			{ label: m.erase_contact_of(), count: removed.contactOf },
			{ label: m.erase_cares(), count: removed.cares },
			{ label: m.erase_lists(), count: removed.lists },
			{ label: m.erase_undos(), count: removed.undos },
			{ label: m.erase_others(), count: removed.others }
		].filter(({ count }) => count > 0)
	];
}

/** What stays without them. */
export function stayingLines({ marks, memberships, published }: Staying): Line[] {
	return [
		{ label: m.erase_marks(), count: marks },
		{ label: m.erase_memberships(), count: memberships },
		{ label: m.erase_published(), count: published }
	];
}

const KINDS: Record<RetentionKind, { word: () => string; from: () => string; goes: () => string }> =
	{
		contacts: {
			...{ word: m.retention_contacts, from: m.retention_contacts_from },
			goes: m.retention_contacts_goes
		},
		attendance: {
			...{ word: m.retention_attendance, from: m.retention_attendance_from },
			goes: m.retention_attendance_goes
		},
		answers: {
			...{ word: m.retention_answers, from: m.retention_answers_from },
			goes: m.retention_answers_goes
		},
		audit: {
			...{ word: m.retention_audit, from: m.retention_audit_from },
			goes: m.retention_audit_goes
		}
	};

/** A kind of data a section keeps for a time. */
export function kindWord(kind: RetentionKind): string {
	return KINDS[kind].word();
}

/** From when its time is counted. */
export function keptFromWord(kind: RetentionKind): string {
	return KINDS[kind].from();
}

/** What is removed of it. */
export function whatGoesWord(kind: RetentionKind): string {
	return KINDS[kind].goes();
}
