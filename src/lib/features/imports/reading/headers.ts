import { folded } from '#lib/platform/sheets/texts.ts';
import type { Use } from '../types.ts';

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
	consent: [
		...['consent', 'consent date', 'date of consent', 'guardian consent', 'parental consent'],
		...['consent on paper', 'consentement', 'date du consentement', 'accord parental'],
		...['autorisation parentale', 'consentimiento', 'consentimento', 'consimtamant'],
		...['الموافقه', 'موافقه', 'تاريخ الموافقه', 'موافقه ولي الامر', 'موافقه الاهل']
	],
	assent: [
		...['assent', 'assent date', 'child assent', 'child consent', 'consent of the child'],
		...['assentiment', 'accord de l enfant', 'asentimiento', 'assentimento'],
		...['موافقه الطفل', 'موافقه الطفله', 'قبول الطفل', 'تاريخ موافقه الطفل']
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
export const MEANINGLESS = foldAll([
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

export const FOLDED = Object.fromEntries(
	Object.entries(HEADERS).map(([use, words]) => [use, foldAll(words)])
) as Record<keyof typeof HEADERS, string[]>;

/** A running number beside the names: counts rows, identifies nobody. */
export const SERIALS = foldAll([
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

/** A header without case, accents, letter variants and punctuation. */
export function foldHeader(text: string): string {
	return folded(text)
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim();
}
