import { haveSameWords, namesAlike, nameWords } from '#lib/features/people/names.rules.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import { foldHeader } from '../reading/headers.ts';
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
	birthMonth?: number | null;
	/** The year of birth was counted from an age. */
	isFromAge?: boolean;
	codeIndex: string | null;
	guardians?: readonly { name: string; phone: string | null }[];
	/** What somebody was called before they were merged: says who they are, and nothing of what they are like. */
	isAlias?: boolean;
}

/** What a row says of whom it is about. */
export type Said = Pick<PersonRow, 'name' | 'sex' | 'birthYear' | 'centreId'> &
	Partial<Pick<PersonRow, 'birthMonth' | 'ageOn' | 'guardian' | 'phone'>>;

export type Match =
	| { verdict: 'same'; id: string }
	/** A person decides: spelling, year, sex or centre differ, several would fit, or the number is another name's. */
	| { verdict: 'maybe'; id: string }
	| { verdict: 'new' }
	/** Somebody out of reach has the number. */
	| { verdict: 'taken' };

/**
 * Who a row is about. Their own number decides, where the name is alike and the sex the same; else the whole name with
 * sex, birth, centre and guardian; else who sounds alike and differs in little is left for a person to decide. What a
 * row does not say does not differ.
 */
export function matchPerson(
	row: Said,
	codeIndex: string | null,
	known: readonly Candidate[]
): Match {
	const numbered =
		codeIndex === null ? undefined : known.find((one) => one.codeIndex === codeIndex);
	if (numbered && !numbered.isInReach) return { verdict: 'taken' };
	if (numbered) {
		const isSame = namesAlike(numbered.name, row.name) && !isOtherSex(row, numbered);
		return { verdict: isSame ? 'same' : 'maybe', id: numbered.id };
	}
	const alike = known
		.filter((one) => one.isInReach && namesAlike(one.name, row.name))
		.map((one) => ({ one, differences: differencesOf(row, codeIndex, one) }))
		.filter(({ differences }) => isPossible(differences));
	const exact = new Set(
		alike.filter(({ differences }) => differences.length === 0).map(({ one }) => one.id)
	);
	if (exact.size === 1) return { verdict: 'same', id: [...exact][0]! };
	const nearest = alike.toSorted((a, b) => a.differences.length - b.differences.length)[0];
	return nearest ? { verdict: 'maybe', id: nearest.one.id } : { verdict: 'new' };
}

type Difference =
	'spelling' | 'sex' | 'year' | 'years' | 'month' | 'guardian' | 'centre' | 'number';

function differencesOf(row: Said, codeIndex: string | null, known: Candidate): Difference[] {
	const isAge = Boolean(row.ageOn) || Boolean(known.isFromAge);
	const year = yearsApart(row.birthYear, known.birthYear, isAge ? 1 : 0);
	return [
		...(isSameName(row.name, known.name) ? [] : (['spelling'] as const)),
		...(isOtherSex(row, known) ? (['sex'] as const) : []),
		...(year === null ? [] : [year]),
		...(isOtherMonth(row, known) ? (['month'] as const) : []),
		...(hasOtherGuardian(row, known.guardians ?? []) ? (['guardian'] as const) : []),
		...(row.centreId === known.centreId ? [] : (['centre'] as const)),
		...(codeIndex && known.codeIndex && codeIndex !== known.codeIndex ? (['number'] as const) : [])
	];
}

function isOtherSex(row: Pick<Said, 'sex'>, known: { sex: Sex | null }): boolean {
	return row.sex !== null && known.sex !== null && row.sex !== known.sex;
}

/** Years apart within `slack` are none: an age leaves open which of two years it was. */
function yearsApart(
	one: number | null,
	other: number | null,
	slack: number
): 'year' | 'years' | null {
	const apart = one === null || other === null ? 0 : Math.abs(one - other);
	return apart <= slack ? null : apart === slack + 1 ? 'year' : 'years';
}

function isOtherMonth(
	one: { birthMonth?: number | null },
	other: { birthMonth?: number | null }
): boolean {
	return Boolean(one.birthMonth && other.birthMonth && one.birthMonth !== other.birthMonth);
}

/** Another name than any of theirs, and no number in common: a cousin's mother. */
function hasOtherGuardian(
	{ guardian, phone }: Pick<Said, 'guardian' | 'phone'>,
	known: readonly { name: string; phone: string | null }[]
): boolean {
	if (!guardian || known.length === 0) return false;
	return !known.some((one) => namesAlike(one.name, guardian) || (phone && one.phone === phone));
}

/** Another year than the next, or the other sex and something else besides, is another child. */
function isPossible(differences: readonly Difference[]): boolean {
	if (differences.includes('years')) return false;
	const others = differences.filter((one) => one !== 'centre');
	if (differences.includes('number')) return others.length === 1 && !differences.includes('centre');
	if (differences.includes('spelling') && differences.includes('guardian') && others.length > 2)
		return false;
	return !(differences.includes('sex') && others.length > 1);
}

/**
 * Whether two rows of a file are about one child: `same` where nothing they say differs, `maybe` where a person
 * decides (cousins of one name with another mother, month or telephone; a name turned round), null for two.
 */
export function matchRows(
	row: PersonRow,
	codeIndex: string | null,
	above: { row: PersonRow; codeIndex: string | null }
): 'same' | 'maybe' | null {
	const other = above.row;
	if (row.person && other.person) return row.person === other.person ? 'same' : null;
	if (codeIndex && above.codeIndex) {
		if (codeIndex !== above.codeIndex || !namesAlike(row.name, other.name)) return null;
		return isOtherSex(row, other) ? 'maybe' : 'same';
	}
	if (!haveSameWords(row.name, other.name) || isOtherSex(row, other)) return null;
	if (row.centreId !== other.centreId) return null;
	const isCounted = row.ageOn !== other.ageOn;
	const year = yearsApart(row.birthYear, other.birthYear, isCounted ? 1 : 0);
	if (year === 'years') return null;
	const isOtherPhone = Boolean(row.phone && other.phone && row.phone !== other.phone);
	const isOtherMother = Boolean(
		row.guardian && other.guardian && !namesAlike(row.guardian, other.guardian)
	);
	const isKin = Boolean(row.guardian && other.guardian) && !isOtherMother;
	const differs =
		year !== null ||
		isOtherMonth(row, other) ||
		isOtherMother ||
		(isOtherPhone && !isKin) ||
		!isSameName(row.name, other.name);
	return differs ? 'maybe' : 'same';
}

/** The same words in the same order, whatever marks and forms of letters they are written with. */
export function isSameName(one: string, other: string): boolean {
	return nameWords(one).join(' ') === nameWords(other).join(' ');
}

/** What tells one group of a centre from another: its name, however it is spelled out. */
export function keyOfCohort(centreId: string, name: string): string {
	return `${centreId} ${foldHeader(name)}`;
}
