import { foldHeader } from './columns.ts';
import type { FoundMark, Meaning } from '../types.ts';

/** What people write into a register, folded. A cross is looked at apart: it means either. */
const WRITTEN: Record<Exclude<Meaning, 'none'>, readonly string[]> = {
	present: [
		'✓ ✔ √ ☑ ✅ + 1 p pr y yes present presente v ok true oui o',
		'ح حاضر حاضره حضر حضرت نعم موجود موجوده صح'
	],
	late: ['l late r retard en retard', 'ت متاخر متاخره تاخر'],
	left_early: ['le left early parti partie tot', 'غادر غادرت باكرا خرج خرجت'],
	absent_notified: [
		'e ex exc an excused excuse excusee notified absent excuse justifie',
		'م معذور معذوره بعذر غ م عذر'
	],
	absent: [
		'0 a ab abs absent absente n no non - – — false ✗ ✘ ☒ ❌',
		'غ غائب غايب غائبه غايبه غاب غابت لا'
	],
	excused_illness: ['s i sick ill malade', 'مريض مريضه مرض']
};
const CROSS = ['x', '×', 'х', 'хх', 'xx'];
/** Of several words. */
const PHRASES: readonly [string, Meaning][] = [
	['en retard', 'late'],
	['left early', 'left_early'],
	['parti tot', 'left_early'],
	['partie tot', 'left_early'],
	['absent excuse', 'absent_notified'],
	['absente excusee', 'absent_notified'],
	['غائب بعذر', 'absent_notified'],
	['غايب بعذر', 'absent_notified'],
	['غ م', 'absent_notified'],
	['n a', 'none']
];

const BY_WORD = new Map<string, Meaning>([
	...Object.entries(WRITTEN).flatMap(([meaning, lines]) =>
		lines
			.flatMap((line) => line.split(' '))
			.map((word): [string, Meaning] => [foldMark(word), meaning as Meaning])
	),
	...PHRASES.map(([phrase, meaning]): [string, Meaning] => [foldMark(phrase), meaning])
]);

/**
 * What each kind of mark most likely means. A cross stands for present, unless something else already
 * does. Blank means absent where no mark for absent is used, else that there is no mark. Marks nobody
 * knows stay null, for a person to say.
 */
export function guessMarks(found: readonly { text: string; count: number }[]): FoundMark[] {
	const known = found.map((mark) => ({ ...mark, meaning: meaningOf(mark.text) }));
	const has = (meaning: Meaning) => known.some((mark) => mark.meaning === meaning);
	const cross: Meaning = has('present') ? 'absent' : 'present';
	const hasCross = known.some(({ text }) => isCross(text));
	const saysAbsent = has('absent') || (hasCross && cross === 'absent');
	return known.map(({ text, count, meaning }) => ({
		text,
		count,
		meaning:
			meaning ?? (text === '' ? (saysAbsent ? 'none' : 'absent') : isCross(text) ? cross : null)
	}));
}

function meaningOf(text: string): Meaning | null {
	const folded = foldMark(text);
	return BY_WORD.get(folded) ?? null;
}

function isCross(text: string): boolean {
	return CROSS.includes(foldMark(text));
}

/** Signs stay as they are; words lose case, accents and Arabic spelling variants. */
function foldMark(text: string): string {
	const bare = text.trim().toLowerCase();
	return foldHeader(bare) || bare;
}
