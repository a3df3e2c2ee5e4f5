import type { MarkCode } from '#lib/platform/db/schema.ts';
import { MARKS } from './rules.ts';

/** Of a register what was chosen and not saved, as a device keeps it: ids and codes, nobody's name. */
export interface UnsavedRegister {
	/** The version it was opened at. */
	version: number;
	/** When it was last typed into, in UTC milliseconds of the device. */
	at: number;
	marks: Record<string, MarkCode>;
	/** As typed; null: not touched. */
	headcount: string | null;
}

/** What the register on the page says of itself, before anyone touched it. */
export interface OpenedRegister {
	version: number;
	/** The mark chosen for each person, if there is one. */
	marks: Readonly<Record<string, MarkCode | undefined>>;
	headcount: string;
}

/** What a device kept, if it is that at all. */
export function readUnsaved(kept: unknown): UnsavedRegister | undefined {
	if (typeof kept !== 'object' || kept === null) return undefined;
	const { version, at, marks, headcount } = kept as Partial<UnsavedRegister>;
	if (typeof version !== 'number' || typeof at !== 'number') return undefined;
	if (typeof marks !== 'object' || marks === null) return undefined;
	if (!Object.values(marks).every((code) => MARKS.includes(code))) return undefined;
	return { version, at, marks, headcount: typeof headcount === 'string' ? headcount : null };
}

/** Of what a device kept only what the register does not say already, of the people it still names. */
export function stillUnsaved(kept: UnsavedRegister, opened: OpenedRegister): UnsavedRegister {
	const marks = Object.entries(kept.marks).filter(
		([personId, code]) => personId in opened.marks && opened.marks[personId] !== code
	);
	const headcount = kept.headcount?.trim() === opened.headcount ? null : kept.headcount;
	return { ...kept, marks: Object.fromEntries(marks), headcount };
}

/**
 * What becomes of it: `done` when nothing of it is left to save, `restore` into the register it was typed into, `ask`
 * when another version of that register was saved since.
 */
export function fateOf(
	unsaved: UnsavedRegister,
	opened: OpenedRegister
): 'done' | 'restore' | 'ask' {
	if (Object.keys(unsaved.marks).length === 0 && unsaved.headcount === null) return 'done';
	return unsaved.version === opened.version ? 'restore' : 'ask';
}
