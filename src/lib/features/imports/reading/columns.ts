import { FOLDED, foldHeader, MEANINGLESS, SERIALS } from './headers.ts';
import { USES, type ImportKind, type Use } from '../types.ts';

/** What only a register with a row for each child and date has: where columns are dates, they are something else. */
const OF_LONG_LISTS: readonly Use[] = ['date', 'time', 'mark'];

/** What can be told of a column from its cells alone. */
export interface Content {
	/** Of the cells that are not blank: the share that reads as such, 0 … 1. */
	sex: number;
	phone: number;
	birth: number;
	/** Two words or more, letters alone. */
	words: number;
	/** Counts rows, 1, 2, 3 …, also from the beginning again for another group, or with gaps. */
	isSerial: boolean;
	/** Nothing at all. */
	isBlank: boolean;
}

/**
 * The use of each column of a sheet, by its header and, where that says nothing, by its cells. Each use is
 * given once, to the first column that has the better reason; the others are ignored. `hasDates`: columns are headed
 * with the dates of a register.
 */
export function guessUses(
	kind: ImportKind,
	columns: readonly { header: string; content: Content }[],
	hasDates = false
): Use[] {
	const uses: Use[] = columns.map(({ header, content }) => {
		const use = byHeader(kind, header, content);
		return hasDates && OF_LONG_LISTS.includes(use) ? 'ignore' : use;
	});
	const taken = new Set<Use>();
	const firsts = uses.map((use): Use => {
		if (use === 'ignore' || taken.has(use)) return 'ignore';
		taken.add(use);
		return use;
	});
	const isNom = taken.has('first_name') && taken.has('name') && !taken.has('family_name');
	const unique = isNom // "Prénom, Nom"
		? firsts.map((use) => (use === 'name' ? 'family_name' : use))
		: firsts;
	const hasName = taken.has('name') || taken.has('first_name');
	if (kind === 'registers' && !hasDates && !taken.has('date'))
		giveFirst(columns, unique, { headers: FILLED_IN, use: 'date' });
	return unique.map((use, at): Use => {
		const { header, content } = columns[at]!;
		if (use !== 'ignore' || content.isBlank || content.isSerial) return use;
		const guess = byContent(kind, content, hasName || taken.has('name'));
		if (!guess || taken.has(guess) || isKnown(kind, header)) return use;
		taken.add(guess);
		return guess;
	});
}

/** The day a form was filled in, where it does not ask for the session's. */
const FILLED_IN = ['today', 'start', 'submission time', 'submissiontime'];

function giveFirst(
	columns: readonly { header: string }[],
	uses: Use[],
	{ headers, use }: { headers: readonly string[]; use: Use }
): void {
	const at = headers
		.map((one) => columns.findIndex(({ header }) => foldHeader(header) === one))
		.find((index) => index !== -1);
	if (at !== undefined && uses[at] === 'ignore') uses[at] = use;
}

function isKnown(kind: ImportKind, header: string): boolean {
	return headerUse(kind, header) !== null;
}

function byHeader(kind: ImportKind, header: string, content: Content): Use {
	if (content.isBlank) return 'ignore';
	const folded = foldHeader(header);
	if (content.isSerial && SERIALS.includes(folded)) return 'ignore';
	return headerUse(kind, header) ?? 'ignore';
}

function headerUse(kind: ImportKind, header: string): Use | null {
	if (header.startsWith('_')) return 'ignore'; // what form tools keep of a submission
	const folded = ` ${foldHeader(header)} `;
	let best = null as { use: Use; length: number } | null;
	const consider = (use: Use, phrases: readonly string[]) => {
		for (const phrase of phrases) {
			const whole = folded.trim() === phrase;
			if (!whole && (phrase.length < 3 || !folded.includes(` ${phrase} `))) continue;
			const length = phrase.length + (whole ? 100 : 0);
			if (!best || length > best.length) best = { use, length };
		}
	};
	for (const use of USES[kind]) {
		if (use === 'ignore') continue;
		consider(
			use,
			kind === 'cohorts' && use === 'name' ? [...FOLDED.name, ...FOLDED.cohort] : FOLDED[use]
		);
	}
	// a band of ages is what a list of groups is about
	if (kind !== 'cohorts' || best?.use !== 'ages') consider('ignore', MEANINGLESS);
	return best?.use ?? null;
}

function byContent(kind: ImportKind, content: Content, hasName: boolean): Use | null {
	const may = (use: Use) => (USES[kind] as readonly Use[]).includes(use);
	if (content.sex > 0.7 && may('sex')) return 'sex';
	if (content.birth > 0.7 && may('birth')) return 'birth';
	if (content.phone > 0.7 && may('phone')) return 'phone';
	if (!hasName && content.words > 0.4) return 'name';
	return null;
}
