import { foldHeader } from './headers.ts';
import type { FoundMark, Meaning } from '../types.ts';

/** What people write into a register, folded. A cross is looked at apart: it means either. */
const WRITTEN: Record<Exclude<Meaning, 'none'>, readonly string[]> = {
	present: [
		'✓ ✔ √ ☑ ✅ + 1 p pr y yes present presente v ok true oui o',
		'si sim da presence asistio presente prezent prezenta มา ใช่ 👍 👌 ✅ 🟢 ● • ◯',
		'ح حاضر حاضره حضر حضرت حضور نعم موجود موجوده صح'
	],
	late: [
		'l late r retard en retard tarde atrasado atrasada intarziat intarziata สาย',
		'ت تاخير تاخر متاخر متاخره تاخر'
	],
	left_early: ['le left_early left early parti partie tot', 'غادر غادرت باكرا خرج خرجت'],
	absent_notified: [
		'e ex exc an absent_notified excused excuse excusee notified absent excuse justifie',
		'م معذور معذوره بعذر غ م عذر'
	],
	absent: [
		'0 a ab abs absent absente n no non - – — false ✗ ✘ ☒ ❌',
		'nu nao absence falta falto ausente absent nie ไม่มา ขาด ไม่ใช่ 👎 🔴 ⊘',
		'غ غياب غائب غايب غائبه غايبه غاب غابت لا'
	],
	excused_illness: [
		's i sick ill malade excused_illness maladie enfermo enferma doente bolnav bolnava ป่วย',
		'مريض مريضه مرض'
	]
};
const CROSS = ['x', '×', 'х', 'хх', 'xx'];
/** Of several words. */
const PHRASES: readonly [string, Meaning][] = [
	['absent told us', 'absent_notified'],
	['absence signalee', 'absent_notified'],
	['غياب مع ابلاغنا', 'absent_notified'],
	['غياب بعذر', 'absent_notified'],
	['غياب بعذر ابلغنا', 'absent_notified'],
	['غياب بسبب المرض', 'excused_illness'],
	['غياب بسبب مرض', 'excused_illness'],
	['depart anticipe', 'left_early'],
	['مغادره باكره', 'left_early'],
	['no asistio', 'absent'],
	['not present', 'absent'],
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
	const isOpen = openLetters(found.map(({ text }) => foldMark(text)));
	const known = found.map((mark) => ({
		...mark,
		meaning: isOpen(foldMark(mark.text)) ? null : meaningOf(mark.text)
	}));
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

/**
 * Letters that say one thing in one language and another in the next: S and N are *sí* and *no*, and S is *sick*; A
 * beside F is *asistió*, else absent; 1 beside 2 is whatever the list says.
 */
function openLetters(texts: readonly string[]): (text: string) => boolean {
	const has = (text: string) => texts.includes(text);
	return (text) =>
		(text === 's' && has('n') && !has('p')) ||
		(text === 'a' && has('f') && !has('p')) ||
		(text === '1' && has('2') && !has('0'));
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
	const bare = text
		.replace(/\p{DI}/gu, '')
		.trim()
		.toLowerCase();
	return foldHeader(bare) || bare;
}
