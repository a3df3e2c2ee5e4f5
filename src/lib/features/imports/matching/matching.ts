import { namesAlike, nameWords } from '#lib/features/people/names.rules.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import { foldHeader } from '../reading/columns.ts';
import type { PersonRow } from '../reading/parsing.ts';

/** A person already here who may be the one a row is about. */
export interface Candidate {
	id: string;
	/** False out of reach: nothing of them is opened but that their number is taken. */
	isInReach: boolean;
	centreId: string;
	name: string;
	sex: Sex;
	birthYear: number;
	codeIndex: string | null;
}

export type Match =
	| { verdict: 'same'; id: string }
	/** A person decides: spelling, year, sex or centre differ, several would fit, or the number is another name's. */
	| { verdict: 'maybe'; id: string }
	| { verdict: 'new' }
	/** Somebody out of reach has the number. */
	| { verdict: 'taken' };

/**
 * Who a row is about. Their own number decides, where the name is alike; else the whole name with sex, year
 * of birth and centre; else who sounds alike and differs in little is left for a person to decide. What a row does not say
 * does not differ.
 */
export function matchPerson(
	row: Pick<PersonRow, 'name' | 'sex' | 'birthYear' | 'centreId'>,
	codeIndex: string | null,
	known: readonly Candidate[]
): Match {
	const numbered =
		codeIndex === null ? undefined : known.find((one) => one.codeIndex === codeIndex);
	if (numbered && !numbered.isInReach) return { verdict: 'taken' };
	if (numbered)
		return namesAlike(numbered.name, row.name)
			? { verdict: 'same', id: numbered.id }
			: { verdict: 'maybe', id: numbered.id };
	const alike = known
		.filter((one) => one.isInReach && namesAlike(one.name, row.name))
		.map((one) => ({ one, differences: differencesOf(row, codeIndex, one) }))
		.filter(({ differences }) => isPossible(differences));
	const exact = alike.filter(({ differences }) => differences.length === 0);
	if (exact.length === 1) return { verdict: 'same', id: exact[0]!.one.id };
	const nearest = alike.toSorted((a, b) => a.differences.length - b.differences.length)[0];
	return nearest ? { verdict: 'maybe', id: nearest.one.id } : { verdict: 'new' };
}

type Difference = 'spelling' | 'sex' | 'year' | 'years' | 'centre' | 'number';

function differencesOf(
	row: Pick<PersonRow, 'name' | 'sex' | 'birthYear' | 'centreId'>,
	codeIndex: string | null,
	known: Candidate
): Difference[] {
	const apart = row.birthYear === null ? 0 : Math.abs(row.birthYear - known.birthYear);
	return [
		...(isSameName(row.name, known.name) ? [] : (['spelling'] as const)),
		...(row.sex === null || row.sex === known.sex ? [] : (['sex'] as const)),
		...(apart === 0 ? [] : apart === 1 ? (['year'] as const) : (['years'] as const)),
		...(row.centreId === known.centreId ? [] : (['centre'] as const)),
		...(codeIndex && known.codeIndex && codeIndex !== known.codeIndex ? (['number'] as const) : [])
	];
}

/** Another year than the next, or the other sex and something else besides, is another child. */
function isPossible(differences: readonly Difference[]): boolean {
	if (differences.includes('years')) return false;
	const others = differences.filter((one) => one !== 'centre');
	if (differences.includes('number')) return others.length === 1 && !differences.includes('centre');
	return !(differences.includes('sex') && others.length > 1);
}

/** The same words in the same order, whatever marks and forms of letters they are written with. */
export function isSameName(one: string, other: string): boolean {
	return nameWords(one).join(' ') === nameWords(other).join(' ');
}

/** What tells one group of a centre from another: its name, however it is spelled out. */
export function keyOfCohort(centreId: string, name: string): string {
	return `${centreId} ${foldHeader(name)}`;
}
