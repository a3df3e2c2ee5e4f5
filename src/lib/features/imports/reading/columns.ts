import { folded } from '#lib/platform/sheets/texts.ts';
import { USES, type ImportKind, type Use } from '../types.ts';

/**
 * Headers as NGOs in Lebanon and their partners write them, in the languages Halqa is used in. The longest that is found in a header wins.
 */
const HEADERS: Record<Exclude<Use, 'ignore'>, readonly string[]> = {
	person: ['person number', 'numero de la personne', 'رقم الشخص'],
	birth_month: ['month of birth', 'birth month', 'mois de naissance', 'شهر الولاده', 'شهر الميلاد'],
	date: [
		...[
			'date',
			'session date',
			'date of session',
			'activity date',
			'day',
			'jour',
			'date de seance'
		],
		...['التاريخ', 'تاريخ', 'تاريخ الجلسه', 'اليوم', 'fecha', 'data', 'data sesiunii', 'วันที่']
	],
	time: ['time', 'start time', 'heure', 'الوقت', 'الساعه', 'hora', 'ora', 'เวลา'],
	mark: [
		...['mark', 'mark code', 'attendance', 'attended', 'attendance status', 'present', 'presence'],
		...['code de presence', 'presence absence', 'الحضور', 'حضور', 'رمز الحضور', 'حاضر'],
		...['asistencia', 'presente', 'presenca', 'prezenta', 'prezent', 'การเข้าร่วม']
	],
	name: [
		...[
			'nombre',
			'nombre completo',
			'nombre y apellido',
			'nombre y apellidos',
			'nombres y apellidos',
			'nombre del nino',
			'nome',
			'nome completo',
			'nome da crianca',
			'crianca',
			'aluno',
			'nume',
			'numele',
			'nume si prenume',
			'nume complet',
			'copil',
			'numele copilului',
			'ชื่อ',
			'ชื่อ นามสกุล',
			'ชื่อสกุล',
			'ชื่อเด็ก',
			'beneficiary',
			'beneficiary name',
			'names'
		],
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
	first_name: [
		...['nombre de pila', 'primeiro nome', 'prenume', 'prenumele', 'ชื่อจริง'],
		'first name',
		'given name',
		'prenom',
		'الاسم الاول'
	],
	father_name: [
		...['nombre del padre', 'nome do pai', 'numele tatalui', 'ชื่อบิดา', 'ชื่อพ่อ'],
		...['father', 'father name', 'fathers name', 'father s name', 'pere', 'nom du pere'],
		...['اسم الاب', 'الاب', 'اسم الوالد', 'الوالد']
	],
	family_name: [
		...['apellido', 'apellidos', 'sobrenome', 'apelido', 'nume de familie', 'นามสกุล'],
		...['family name', 'family', 'surname', 'last name', 'nom de famille', 'famille'],
		...['الشهره', 'اسم العائله', 'العائله', 'الكنيه']
	],
	number: [
		...['own number', 'numero interne', 'الرقم الداخلي', 'codigo', 'cedula', 'cod', 'รหัส'],
		...['id', 'code', 'number', 'no', 'id number', 'child id', 'case number', 'file number'],
		...['registration number', 'participant number', 'matricule', 'numero', 'identifiant', 'n'],
		...['رقم', 'الرقم', 'رقم الطفل', 'رقم التسجيل', 'رقم الملف', 'الكود', 'كود', 'الرمز', 'رمز']
	],
	birth: [
		...[
			'fecha de nacimiento',
			'nacimiento',
			'ano de nacimiento',
			'edad',
			'data de nascimento',
			'nascimento',
			'ano de nascimento',
			'idade',
			'data nasterii',
			'anul nasterii',
			'varsta',
			'วันเกิด',
			'วันเดือนปีเกิด',
			'ปีเกิด',
			'อายุ'
		],
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
	sex: [
		...[
			'sexo',
			'genero',
			'sexul',
			'gen',
			'genul',
			'เพศ',
			'f h',
			'h f',
			'h m',
			'm h',
			'b g',
			'g b',
			'boy girl',
			'girl boy',
			'fille garcon',
			'garcon fille'
		],
		'sex',
		'gender',
		'sexe',
		'genre',
		'الجنس',
		'جنس',
		'ذكر انثي',
		'f m',
		'm f'
	],
	group: [
		...['nacionalidad', 'nacionalidade', 'nationalitate', 'nationalitatea', 'สัญชาติ'],
		...['nationality', 'population group', 'nationalite', 'population'],
		...['الجنسيه', 'جنسيه', 'الفئه السكانيه']
	],
	centre: [
		...['centro', 'sede', 'local', 'locul', 'centru', 'centrul', 'ศูนย์'],
		'centre',
		'center',
		'site',
		'location',
		'lieu',
		'المركز',
		'مركز',
		'الموقع',
		'المكان'
	],
	cohort: [
		...['grupo', 'clase', 'turma', 'classe', 'grupa', 'clasa', 'กลุ่ม', 'ห้อง', 'numele grupei'],
		...['cohort', 'group', 'class', 'groupe', 'classe', 'cohorte', 'cycle'],
		...['المجموعه', 'مجموعه', 'الصف', 'صف', 'الشعبه', 'الفوج', 'الفرقه']
	],
	language: [
		...['idioma', 'lengua', 'lingua', 'limba', 'ภาษา'],
		'language',
		'langue',
		'اللغه',
		'لغه'
	],
	guardian: [
		...[
			'madre',
			'nombre de la madre',
			'tutor',
			'tutora',
			'acudiente',
			'representante',
			'mae',
			'nome da mae',
			'encarregado',
			'responsavel',
			'mama',
			'mamei',
			'numele mamei',
			'apartinator',
			'ผู้ปกครอง',
			'ชื่อมารดา',
			'ชื่อแม่',
			'แม่',
			'มารดา'
		],
		...['guardian', 'caregiver', 'guardian name', 'caregiver name', 'mother', 'mother name'],
		...['mother s name', 'parent', 'tuteur', 'mere', 'nom de la mere', 'responsable'],
		...['ولي الامر', 'اسم ولي الامر', 'الام', 'اسم الام', 'الوالده', 'الوصي', 'مقدم الرعايه']
	],
	phone: [
		...[
			'telefono',
			'celular',
			'movil',
			'contacto',
			'telefone',
			'telemovel',
			'telefon',
			'telefonul',
			'numar de telefon',
			'โทรศัพท์',
			'เบอร์โทร',
			'เบอร์'
		],
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
		...['from age', 'des l age de', 'desde', 'de la', 'من عمر'],
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
	age_to: [
		...['to age', 'jusqu a l age de', 'hasta', 'ate', 'pana la', 'حتي عمر'],
		'age to',
		'to age',
		'max age',
		'age max',
		'to',
		'a',
		'الي عمر',
		'العمر الي',
		'الي'
	],
	capacity: [
		...['plazas', 'vagas', 'locuri', 'الاماكن'],
		...['capacity', 'places', 'seats', 'size', 'capacite', 'effectif'],
		...['السعه', 'القدره', 'العدد', 'عدد المقاعد', 'عدد الاماكن']
	],
	audience: [
		...['para quien', 'para quem', 'publico', 'pentru cine', 'pour qui'],
		'audience',
		'for whom',
		'type',
		'public',
		'الجمهور',
		'الفئه المستهدفه',
		'لمن',
		'النوع'
	]
};

/** Headers that hold a use's word and none of its meaning: bands of ages are no cohorts. */
const MEANINGLESS = foldAll([
	...[
		'age group',
		'age groups',
		'age range',
		'age band',
		'age category',
		'age bracket',
		'blood group',
		'members now'
	],
	...[
		'cohort number',
		'session number',
		'numero du groupe',
		'numero de la seance',
		'membres actuels',
		'رقم المجموعه'
	],
	...[
		'رقم الجلسه',
		'الاعضاء الان',
		'submission time',
		'tranche d age',
		'groupe d age',
		'classe d age',
		'categorie d age'
	],
	...[
		'groupe sanguin',
		'الفئه العمريه',
		'فئه عمريه',
		'المجموعه العمريه',
		'فئه الدم',
		'زمره الدم',
		'grupo de edad',
		'grupo etario'
	],
	...[
		'rango de edad',
		'grupo sanguineo',
		'faixa etaria',
		'grupa de varsta',
		'categorie de varsta',
		'grupa sanguina'
	],
	...[
		'ช่วงอายุ',
		'กลุ่มอายุ',
		'date of registration',
		'registration date',
		'date of enrolment',
		'enrolment date',
		'entry date'
	],
	...[
		'joined',
		'left',
		'joined on',
		'left on',
		'entree',
		'sortie',
		'انضم في',
		'غادر في',
		'date joined',
		'date left'
	],
	...[
		'date d inscription',
		'date d entree',
		'تاريخ التسجيل',
		'تاريخ الدخول',
		'fecha de registro',
		'fecha de inscripcion',
		'data de inscricao'
	]
]);

const FOLDED = Object.fromEntries(
	Object.entries(HEADERS).map(([use, words]) => [use, foldAll(words)])
) as Record<keyof typeof HEADERS, string[]>;

/** A running number beside the names: counts rows, identifies nobody. */
const SERIALS = foldAll([
	'',
	'no',
	'n',
	'n o',
	'nro',
	'nr crt',
	'row',
	'ordre',
	'n ordre',
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
	'الرقم التسلسلي',
	'ลำดับ',
	'ที่'
]);

function foldAll(words: readonly string[]): string[] {
	return words.map(foldHeader);
}

/** What only a register with a row for each child and date has: where columns are dates, they are something else. */
const OF_LONG_LISTS: readonly Use[] = ['date', 'time', 'mark'];

/** A header without case, accents, letter variants and punctuation. */
export function foldHeader(text: string): string {
	return folded(text)
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
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
