import type { ImportedAudience } from '../types.ts';
import { foldHeader } from './headers.ts';

/** Words lists have for the codes that are kept here. */

export const GROUPS = {
	SYR: ['syr', 'syrian', 'syrie', 'syrien', 'syrienne', 'syria', 'سوري', 'سوريه'],
	LEB: ['leb', 'lebanese', 'liban', 'libanais', 'libanaise', 'lebanon', 'لبناني', 'لبنانيه'],
	PRS: ['prs', 'palestinian from syria', 'فلسطيني سوري', 'فلسطينيه سوريه', 'فلسطيني من سوريا'],
	PRL: [
		...['prl', 'palestinian', 'palestinian lebanese', 'palestinien', 'palestinienne'],
		...['فلسطيني', 'فلسطينيه', 'فلسطيني لبناني']
	],
	OTH: ['oth', 'other', 'autre', 'اخر', 'اخري', 'غير ذلك']
};

export const LANGUAGES = {
	ar: ['ar', 'arabic', 'arabe', 'عربي', 'العربيه', 'عربيه'],
	en: ['en', 'english', 'anglais', 'انكليزي', 'انجليزي', 'الانكليزيه'],
	fr: ['fr', 'french', 'francais', 'فرنسي', 'الفرنسيه'],
	ku: ['ku', 'kurdish', 'kurde', 'كردي', 'الكرديه'],
	hy: ['hy', 'armenian', 'armenien', 'ارمني', 'الارمنيه']
};

export const AUDIENCES: Record<ImportedAudience, readonly string[]> = {
	children: [
		'ninos',
		'criancas',
		'copii',
		'เด็ก',
		'children',
		'child',
		'kids',
		'enfants',
		'اطفال',
		'الاطفال',
		'اولاد',
		'فتيات',
		'فتيان'
	],
	caregivers: [
		...[
			'caregivers',
			'parents et proches',
			'madres',
			'padres',
			'cuidadores',
			'maes',
			'pais',
			'parinti',
			'mame',
			'ผู้ปกครอง',
			'caregiver',
			'parents',
			'mothers',
			'fathers',
			'meres',
			'peres',
			'responsables'
		],
		...['اهل', 'الاهل', 'امهات', 'الامهات', 'اباء', 'الاباء', 'مقدمو الرعايه', 'مقدمي الرعايه']
	],
	staff: ['staff', 'personnel', 'equipe', 'team', 'موظفون', 'الموظفون', 'فريق العمل', 'العاملون']
};

/** The code one of whose words was said. */
export function codeOf<Code extends string>(
	words: Record<Code, readonly string[]>,
	said: string
): Code | undefined {
	return (Object.keys(words) as Code[]).find((code) =>
		words[code].some((word) => foldHeader(word) === said)
	);
}
