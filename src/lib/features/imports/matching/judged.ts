import type { MarkCode, Row } from '#lib/platform/db/schema.ts';
import type { Candidate } from './matching.ts';
import type { CohortRow, PersonRow } from '../reading/parsing.ts';
import type { Occasion } from '../reading/occasions.ts';
import type { WaitingRow } from '../queries.server.ts';
import { groupProblems } from '../rules.ts';
import type { Counts, Problem, Setup, Verdict } from '../types.ts';

/** What every kind of row has in common once it was looked at. */
export interface Judged {
	waiting: WaitingRow;
	problems: Problem[];
	verdict: Verdict;
	/** Fingerprint of whom or what the row is about, for rows further down. */
	matchKey: string | null;
	/** The person that is here already; for `maybe`, who it may be. */
	personId: string | null;
	/** Of a repeat the first row about the same person; of a `maybe` the row further up it may be. */
	twin: number | null;
}

export interface JudgedPerson extends Judged {
	row: PersonRow | null;
	codeIndex: string | null;
	/** null for a row that is left out or not decided. */
	subject: Subject | null;
	/** A row further up is about the same child: it says what they are like. */
	isRepeat: boolean;
	set: PersonSet;
	guardian: GuardianChange | null;
	/** Papers nobody knows of yet. */
	papers: PersonRow['papers'];
	cohort: Row<'cohort'> | null;
	join: Join | null;
	marks: MarkToMake[];
}

/** A child of the file, the same object for every row of a step that is about them. */
export interface Subject {
	/** null until they are written. */
	id: string | null;
	known: KnownPerson | null;
}

export type KnownPerson = Candidate &
	Pick<Row<'person'>, 'population_group' | 'language'> & {
		/** Halqa's own numbers that lead to them, of those merged into them as well. */
		numbers?: string[];
	};

/** What is to change of a person, by column; a name and a number are sealed when they are written. */
export interface PersonSet {
	name?: string;
	sex?: Row<'person'>['sex'];
	birth_year?: number;
	birth_month?: number;
	birth_year_from_age?: number;
	population_group?: string;
	language?: string;
	code?: string;
}

/** A guardian to add, or with `id` the one whose number changes. */
export interface GuardianChange {
	id: string | null;
	name: string;
	phone: string | null;
}

/** Becoming a member, or having been one from an earlier date on. */
export interface Join {
	/** The first day it is known from already; null: they join. */
	since: string | null;
	joinedOn: string;
	leftOn: string | null;
}

export interface MarkToMake {
	at: Occasion;
	code: MarkCode;
	/** Another mark stands there now. */
	isChange: boolean;
}

export interface JudgedCohort extends Judged {
	row: CohortRow | null;
	cohort: Row<'cohort'> | null;
	set: Partial<Pick<Row<'cohort'>, 'age_from' | 'age_to' | 'capacity' | 'audience'>>;
}

/** Leaves a row out for a reason that only showed beside what is here. */
export function leaveOut(one: JudgedPerson | JudgedCohort, problem: Problem | null): void {
	if (problem) one.problems.push(problem);
	one.verdict = 'out';
	one.row = null;
	one.personId = null;
	one.twin = null;
	if ('subject' in one) one.subject = null;
}

/** What became of rows, and what is wrong with them. */
export function countsOf(
	setup: Setup,
	rows: readonly Judged[]
): Pick<Counts, 'verdicts' | 'problems'> {
	const verdicts: Partial<Record<Verdict, number>> = {};
	for (const { verdict } of rows) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
	const problems = rows.map(({ waiting, problems }) => ({ ...waiting, problems }));
	return { verdicts, problems: groupProblems(setup, problems) };
}
