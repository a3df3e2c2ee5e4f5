import { folded, textIn } from './texts.ts';
import type { Cell } from './types.ts';

export type SexCode = 'f' | 'm' | 'other';

/** Words and signs that mean one sex whatever language the list is in. */
const WORDS: Record<SexCode, string> = {
	f:
		'f fem female females girl girls woman women w ♀ 👧 👩 fille filles femme femmes feminin feminine femelle ' +
		'انثي انثا بنت بنات فتاه فتيات امراه نساء اناث طفله مؤنث ا نثي ' +
		'mujer mujeres nina ninas femenino femenina chica hembra muchacha ' +
		'mulher menina meninas feminino feminina rapariga ' +
		'fata fete femeie femei feminin ' +
		'หญิง ญ ผู้หญิง เด็กหญิง ด.ญ. ดญ นางสาว สตรี ' +
		'کچ مێ مێینه زن دختر',
	m:
		'm male males boy boys man men masc ♂ 👦 👨 garcon garcons homme hommes masculin masculine ' +
		'ذكر صبي صبيان ولد اولاد فتي فتيان رجل رجال ذكور طفل مذكر ذ ' +
		'hombre hombres nino ninos masculino chico varon varones muchacho ' +
		'homem menino meninos masculino rapaz ' +
		'baiat baieti barbat barbati masculin ' +
		'ชาย ช ผู้ชาย เด็กชาย ด.ช. ดช บุรุษ ' +
		'کوڕ کور نێر نێرینه مرد پسر',
	other:
		'other autre x اخر غيرذلك غيرذلكاوغيرمذكور otherornotstated autreounonprecise otro outro altul อื่นๆ'
};
/** Letters and numbers that mean one thing here and another there: it takes the others of the list to tell. */
const OPEN = ['m', 'h', 'g', 'b', 'v', 'd', '0', '1', '2', 'n'];

const BY_WORD = new Map(
	(Object.entries(WORDS) as [SexCode, string][]).flatMap(([sex, words]) =>
		words.split(' ').map((word) => [plain(word), sex] as const)
	)
);

/** A sex as it is told apart from others in its list: without case, accents, blanks and points. */
export function sexText(cell: Cell): string {
	return typeof cell === 'string' || typeof cell === 'number' ? plain(textIn(cell)) : '';
}

/**
 * What each word of a list's column of sexes means, by all that stand in it: `F` and `M` are girl and boy, `H` and
 * `M` may be *hombre* and *mujer*, `F` and `G` *fille* and *garçon*, `B` and `G` boy and girl. null where only a person
 * can say. `isSpanish`: the list is in a language where `M` alone may be *mujer* or *mulher*.
 */
export function guessSexes(
	texts: readonly string[],
	{ isSpanish = false }: { isSpanish?: boolean } = {}
): (SexCode | null)[] {
	const has = (text: string) => texts.includes(text);
	const others = texts.filter((text) => !OPEN.includes(text));
	const saysGirl = others.some((text) => BY_WORD.get(text) === 'f');
	const saysBoy = others.some((text) => BY_WORD.get(text) === 'm');
	return texts.map((text): SexCode | null => {
		if (!OPEN.includes(text)) return BY_WORD.get(text) ?? null;
		if (text === 'm') {
			if (has('h') || has('v')) return null;
			if (saysBoy && !saysGirl) return null;
			return saysGirl || !isSpanish ? 'm' : null;
		}
		if (text === 'h') return has('m') && !has('f') ? null : 'm';
		if (text === 'g') {
			if (has('b') && !has('m')) return 'f';
			return saysGirl && !has('m') && !has('h') && !saysBoy ? 'm' : null;
		}
		if (text === 'b') return has('g') || saysGirl ? 'm' : null;
		return null; // 1 and 2, V and N: nobody knows but who wrote them
	});
}

/** Whether a cell can be meant as a sex at all. */
export function isSex(cell: Cell): boolean {
	const text = sexText(cell);
	return BY_WORD.has(text) || (typeof cell === 'string' && ['h', 'g', 'b', 'v'].includes(text));
}

/** Marks of Thai vowels stay: `folded` keeps them. */
function plain(text: string): string {
	return folded(text).replace(/[.\s()/]/g, '');
}
