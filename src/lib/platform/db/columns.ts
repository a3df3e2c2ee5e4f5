import type { ColumnType } from 'kysely';
import type { Actor } from '../access/actor.ts';

/** Typed text per language as JSON, `{"en":"Blue room","ar":"…"}`: content, never interface words. */
export type TextsJson = string;
/** Civil date `YYYY-MM-DD`. */
export type CivilDate = string;
/** Wall time `HH:MM` in the row's own zone. */
export type WallTime = string;
/** UTC milliseconds. */
export type Instant = number;
/** 0 or 1 in the database; booleans are accepted when writing. */
export type Flag = ColumnType<number, boolean | number, boolean | number>;
/** May be left out where it is null; the same as a column may be that has a value of its own without one. */
export type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;
export type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type ActorKind = Actor['kind'];
export type Sex = 'f' | 'm' | 'other';
export type Relation =
	'mother' | 'father' | 'grandparent' | 'sibling' | 'relative' | 'guardian' | 'other';
export type ContactWay = 'call' | 'message' | 'visit' | 'none';
export type MarkCode =
	'present' | 'late' | 'left_early' | 'absent_notified' | 'absent' | 'excused_illness';
/** Two to four questions after an ordinary session; the full form in the middle and at the end of a cycle. */
export type FormLength = 'pulse' | 'full';
export type Certainty = 'confirmed' | 'expected';
