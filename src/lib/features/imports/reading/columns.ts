import { folded } from '#lib/platform/sheets/texts.ts';
import { USES, type ImportKind, type Use } from '../types.ts';

/**
 * Headers as NGOs in Lebanon and their partners write them. The longest that is found in a header wins.
 */
const HEADERS: Record<Exclude<Use, 'ignore'>, readonly string[]> = {
	name: [
		...[
			'name',
			'full name',
			'child',
			'child name',
			'name of child',
			'participant',
			'student',
			'pupil'
		],
		...['nom', 'nom complet', 'nom et prenom', 'nom prenom', 'nom de l enfant', 'enfant', 'eleve'],
		...['الاسم', 'اسم', 'الاسم الكامل', 'الاسم الثلاثي', 'اسم الطفل', 'اسم الطفله', 'اسم الولد'],
		...['اسم المشارك', 'اسم المشاركه', 'اسم التلميذ', 'اسم الطالب', 'الاسم والشهره', 'اسماء']
	],
	first_name: ['first name', 'given name', 'prenom', 'الاسم الاول'],
	father_name: [
		...['father', 'father name', 'fathers name', 'father s name', 'pere', 'nom du pere'],
		...['اسم الاب', 'الاب', 'اسم الوالد', 'الوالد']
	],
	family_name: [
		...['family name', 'family', 'surname', 'last name', 'nom de famille', 'famille'],
		...['الشهره', 'اسم العائله', 'العائله', 'الكنيه']
	],
	number: [
		...['id', 'code', 'number', 'no', 'id number', 'child id', 'case number', 'file number'],
		...['registration number', 'participant number', 'matricule', 'numero', 'identifiant', 'n'],
		...['رقم', 'الرقم', 'رقم الطفل', 'رقم التسجيل', 'رقم الملف', 'الكود', 'كود', 'الرمز', 'رمز']
	],
	birth: [
		...['birth', 'date of birth', 'dob', 'birth date', 'birthdate', 'year of birth', 'birth year'],
		...[
			'year',
			'yob',
			'age',
			'born',
			'naissance',
			'ne le',
			'ne en',
			'ne e le',
			'nee le',
			'date de naissance',
			'annee de naissance',
			'annee'
		],
		...['تاريخ الولاده', 'سنه الولاده', 'مواليد', 'الولاده', 'السنه', 'العمر', 'عمر', 'السن'],
		...['تاريخ الميلاد', 'سنه الميلاد', 'الميلاد']
	],
	sex: ['sex', 'gender', 'sexe', 'genre', 'الجنس', 'جنس', 'ذكر انثي', 'f m', 'm f'],
	group: [
		...['nationality', 'population group', 'nationalite', 'population'],
		...['الجنسيه', 'جنسيه', 'الفئه السكانيه']
	],
	centre: ['centre', 'center', 'site', 'location', 'lieu', 'المركز', 'مركز', 'الموقع', 'المكان'],
	cohort: [
		...['cohort', 'group', 'class', 'groupe', 'classe', 'cohorte', 'cycle'],
		...['المجموعه', 'مجموعه', 'الصف', 'صف', 'الشعبه', 'الفوج', 'الفرقه']
	],
	language: ['language', 'langue', 'اللغه', 'لغه'],
	guardian: [
		...['guardian', 'caregiver', 'guardian name', 'caregiver name', 'mother', 'mother name'],
		...['mother s name', 'parent', 'tuteur', 'mere', 'nom de la mere', 'responsable'],
		...['ولي الامر', 'اسم ولي الامر', 'الام', 'اسم الام', 'الوالده', 'الوصي', 'مقدم الرعايه']
	],
	phone: [
		...['phone', 'phone number', 'telephone', 'tel', 'mobile', 'whatsapp', 'contact', 'gsm'],
		...['guardian phone', 'caregiver phone', 'parent phone', 'mother phone', 'father phone'],
		...['portable', 'numero de telephone', 'رقم الهاتف', 'الهاتف', 'هاتف', 'تلفون', 'رقم التلفون'],
		...['موبايل', 'واتساب', 'جوال', 'خليوي', 'هاتف ولي الامر', 'رقم هاتف ولي الامر', 'هاتف الام']
	],
	ages: [
		'ages',
		'age group',
		'age range',
		'tranche d age',
		'الفئه العمريه',
		'الاعمار',
		'العمر',
		'age'
	],
	age_from: [
		'age from',
		'from age',
		'min age',
		'age min',
		'from',
		'de',
		'من عمر',
		'العمر من',
		'من'
	],
	age_to: ['age to', 'to age', 'max age', 'age max', 'to', 'a', 'الي عمر', 'العمر الي', 'الي'],
	capacity: [
		...['capacity', 'places', 'seats', 'size', 'capacite', 'effectif'],
		...['السعه', 'القدره', 'العدد', 'عدد المقاعد', 'عدد الاماكن']
	],
	audience: ['audience', 'for whom', 'type', 'public', 'الجمهور', 'الفئه المستهدفه', 'لمن', 'النوع']
};

const FOLDED = Object.fromEntries(
	Object.entries(HEADERS).map(([use, words]) => [use, foldAll(words)])
) as Record<keyof typeof HEADERS, string[]>;

/** A running number beside the names: counts rows, identifies nobody. */
const SERIALS = foldAll([
	'',
	'no',
	'n',
	'nr',
	'num',
	'sr',
	'serial',
	's n',
	'م',
	'ت',
	'الرقم',
	'رقم',
	'العدد',
	'عدد',
	'تسلسل',
	'الرقم التسلسلي'
]);

function foldAll(words: readonly string[]): string[] {
	return words.map(foldHeader);
}

/** A header without case, accents, letter variants and punctuation. */
export function foldHeader(text: string): string {
	return folded(text)
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** What can be told of a column from its cells alone. */
export interface Content {
	/** Of the cells that are not blank: the share that reads as such, 0 … 1. */
	sex: number;
	phone: number;
	birth: number;
	/** Two words or more, letters alone. */
	words: number;
	/** Counts 1, 2, 3 …. */
	isSerial: boolean;
	/** Nothing at all. */
	isBlank: boolean;
}

/**
 * The use of each column of a sheet, by its header and, where that says nothing, by its cells. Each use is
 * given once, to the first column that has the better reason; the others are ignored.
 */
export function guessUses(
	kind: ImportKind,
	columns: readonly { header: string; content: Content }[]
): Use[] {
	const uses: Use[] = columns.map(({ header, content }) => byHeader(kind, header, content));
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
	return unique.map((use, at): Use => {
		const { header, content } = columns[at]!;
		if (use !== 'ignore' || content.isBlank || content.isSerial) return use;
		const guess = byContent(kind, content, hasName || taken.has('name'));
		if (!guess || taken.has(guess) || isKnown(kind, header)) return use;
		taken.add(guess);
		return guess;
	});
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
	const folded = ` ${foldHeader(header)} `;
	let best: { use: Use; length: number } | null = null;
	for (const use of USES[kind]) {
		if (use === 'ignore') continue;
		const own =
			kind === 'cohorts' && use === 'name' ? [...FOLDED.name, ...FOLDED.cohort] : FOLDED[use];
		for (const phrase of own) {
			const whole = folded.trim() === phrase;
			if (!whole && (phrase.length < 3 || !folded.includes(` ${phrase} `))) continue;
			const length = phrase.length + (whole ? 100 : 0);
			if (!best || length > best.length) best = { use, length };
		}
	}
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
