/**
 * What the project's roadmaps say, in English, French and Arabic and in the countries' own languages; the
 * latter await the eyes of native readers.
 */
import type { Texts } from '../../platform/i18n/texts.ts';

type Six = [en: string, fr: string, ar: string, ptBr: string, ro: string, th: string];

function texts(...[en, fr, ar, ptBr, ro, th]: Six): Texts {
	return { en, fr, ar, 'pt-BR': ptBr, ro, th };
}

/** Where partners and past checkpoints are taken from. */
export const PROJECT_PAGE: Texts = {
	en: 'Child Rights Connect’s published pages on the project “The Now and the Future”',
	fr: 'Pages publiées par Child Rights Connect sur le projet « The Now and the Future »',
	ar: 'الصفحات التي نشرتها منظمة Child Rights Connect عن مشروع «The Now and the Future»'
};

export const ALANA: Texts = {
	en: 'Alana Institute',
	fr: 'Institut Alana',
	ar: 'معهد ألانا',
	'pt-BR': 'Instituto Alana'
};
export const CRIC: Texts = {
	en: 'Child Rights Information Center (CRIC)',
	fr: 'Centre d’information sur les droits de l’enfant (CRIC)',
	ar: 'مركز المعلومات عن حقوق الطفل (CRIC)',
	ro: 'Centrul de Informare și Documentare privind Drepturile Copilului'
};
export const AMNESTY: Texts = {
	en: 'Amnesty International Thailand',
	fr: 'Amnesty International Thaïlande',
	ar: 'منظمة العفو الدولية في تايلاند',
	th: 'แอมเนสตี้ อินเตอร์เนชั่นแนล ประเทศไทย'
};
export const PLAN: Texts = {
	en: 'Plan International in Togo',
	fr: 'Plan International au Togo',
	ar: 'منظمة بلان إنترناشونال في توغو'
};

const COUNTRY_NAMES = {
	brazil: texts('Brazil', 'Brésil', 'البرازيل', 'Brasil', 'Brazilia', 'บราซิล'),
	moldova: texts('Moldova', 'Moldavie', 'مولدوفا', 'Moldávia', 'Moldova', 'มอลโดวา'),
	thailand: texts('Thailand', 'Thaïlande', 'تايلاند', 'Tailândia', 'Thailanda', 'ประเทศไทย'),
	togo: texts('Togo', 'Togo', 'توغو', 'Togo', 'Togo', 'โตโก')
};

export function nameOf(country: keyof typeof COUNTRY_NAMES, lastYear: number): Texts {
	const name = COUNTRY_NAMES[country];
	const years = `2024–${lastYear}`;
	return texts(
		`Roadmap, ${name.en} ${years} (example)`,
		`Feuille de route, ${name.fr} ${years} (exemple)`,
		`خارطة الطريق، ${name.ar} ${years} (مثال)`,
		`Plano de ação, ${name['pt-BR']} ${years} (exemplo)`,
		`Foaie de parcurs, ${name.ro} ${years} (exemplu)`,
		`แผนงาน ${name.th} ${years} (ตัวอย่าง)`
	);
}

export const LANES = {
	start: texts(
		'A shared start',
		'Un départ commun',
		'بداية مشتركة',
		'Um começo em comum',
		'Un început comun',
		'เริ่มต้นร่วมกัน'
	),
	safe: texts(
		'Children who defend rights are safe',
		'Les enfants qui défendent les droits sont en sécurité',
		'الأطفال المدافعون عن الحقوق في أمان',
		'Crianças que defendem direitos estão seguras',
		'Copiii care apără drepturile sunt în siguranță',
		'เด็กที่ปกป้องสิทธิมีความปลอดภัย'
	),
	heard: texts(
		'Adults who decide hear children',
		'Les adultes qui décident entendent les enfants',
		'الكبار أصحاب القرار يسمعون الأطفال',
		'Adultos que decidem escutam as crianças',
		'Adulții care decid îi ascultă pe copii',
		'ผู้ใหญ่ที่มีอำนาจตัดสินใจรับฟังเสียงของเด็ก'
	)
};

export const INCEPTION = texts(
	'Two-day inception workshop',
	'Atelier de lancement de deux jours',
	'ورشة انطلاق من يومين',
	'Oficina inicial de dois dias',
	'Atelier inițial de două zile',
	'การประชุมเริ่มต้นสองวัน'
);
export const VISION = texts(
	'Strategic Vision published',
	'Vision stratégique publiée',
	'نشر الرؤية الاستراتيجية',
	'Visão Estratégica publicada',
	'Viziunea strategică publicată',
	'เผยแพร่วิสัยทัศน์เชิงกลยุทธ์'
);
export const SIDE_EVENT = texts(
	'Side event at the Human Rights Council',
	'Événement parallèle au Conseil des droits de l’homme',
	'فعالية جانبية في مجلس حقوق الإنسان',
	'Evento paralelo no Conselho de Direitos Humanos',
	'Eveniment paralel la Consiliul pentru Drepturile Omului',
	'กิจกรรมคู่ขนานที่คณะมนตรีสิทธิมนุษยชน'
);
export const WORKSHOP_BRAZIL = texts(
	'Workshop in São Paulo',
	'Atelier à São Paulo',
	'ورشة عمل في ساو باولو',
	'Oficina em São Paulo',
	'Atelier la São Paulo',
	'การอบรมที่เซาเปาลู'
);
export const CONFIRMED_MONTH_ONLY: Texts = {
	en: 'Named on the project page with its month; the day is not given, so the last of the month stands here.',
	fr: 'Cité sur la page du projet avec le mois ; le jour n’y figure pas, le dernier jour du mois le remplace ici.',
	ar: 'مذكور في صفحة المشروع مع الشهر من دون اليوم، ولذلك يظهر هنا آخر أيام الشهر.'
};
export const CONFIRMED_WORKSHOP: Texts = {
	en: 'Held on 15, 17 and 18 July with 13 children and more than 20 adults. The page gives no year; the project’s first stands here.',
	fr: 'Tenu les 15, 17 et 18 juillet avec 13 enfants et plus de 20 adultes. La page n’indique pas l’année ; la première du projet est retenue ici.',
	ar: 'عُقدت في 15 و17 و18 تموز بمشاركة 13 طفلًا وأكثر من 20 من الكبار. لا تذكر الصفحة السنة، ولذلك تظهر هنا سنة المشروع الأولى.'
};
export const GUIDE = texts(
	'Safety guide for adults who stand beside children',
	'Guide de sécurité pour les adultes aux côtés des enfants',
	'دليل أمان للكبار الذين يقفون إلى جانب الأطفال',
	'Guia de segurança para adultos que acompanham crianças',
	'Ghid de siguranță pentru adulții care sunt alături de copii',
	'คู่มือความปลอดภัยสำหรับผู้ใหญ่ที่อยู่เคียงข้างเด็ก'
);
export const WORKSHOPS = texts(
	'Workshops with children',
	'Ateliers avec les enfants',
	'ورش عمل مع الأطفال',
	'Oficinas com crianças',
	'Ateliere cu copiii',
	'การอบรมกับเด็ก'
);
export const REVIEW = texts(
	'Children’s Advisory Team reviews the roadmap',
	'L’Équipe consultative d’enfants relit la feuille de route',
	'الفريق الاستشاري للأطفال يراجع خارطة الطريق',
	'A Equipe consultiva de crianças e adolescentes revisa o plano',
	'Echipa consultativă a copiilor revizuiește foaia de parcurs',
	'คณะที่ปรึกษาเด็กทบทวนแผนงาน'
);
export const MEETING = texts(
	'Children meet those who decide',
	'Les enfants rencontrent celles et ceux qui décident',
	'الأطفال يلتقون أصحاب القرار',
	'Crianças encontram quem decide',
	'Copiii se întâlnesc cu cei care decid',
	'เด็กพบผู้มีอำนาจตัดสินใจ'
);
