/** Spellings that do not tell how a name is said, and names that only look as if they began with an article. */

/** Folded Arabic word → letters that tell. */
export const ARABIC_EXCEPTIONS: Readonly<Record<string, string>> = {
	على: 'علي',
	عمرو: 'عمر',
	مريم: 'مريام',
	سيد: 'سياد',
	طيب: 'طياب',
	عبده: 'عبدو',
	دانيل: 'دانيال',
	جبرايل: 'غابريال',
	جبريل: 'غابريال',
	غابريل: 'غابريال',
	غبريال: 'غابريال',
	جوزف: 'جوزيف',
	روبير: 'روبرت',
	البير: 'البرت',
	جيلبير: 'جيلبرت',
	برنار: 'برنارد',
	طوني: 'توني'
};

/** Folded Latin word → letters that tell. */
export const LATIN_EXCEPTIONS: Readonly<Record<string, string>> = {
	suad: 'sad',
	souad: 'sad',
	soaad: 'sad',
	duaa: 'daa',
	douaa: 'daa',
	mouaz: 'maaz',
	muaz: 'maaz',
	nehme: 'nameh',
	nehmeh: 'nameh',
	amr: 'omar',
	amro: 'omar',
	amrou: 'omar',
	joseph: 'jozif',
	josef: 'jozif',
	josephine: 'jozefin',
	rose: 'roz',
	elise: 'eliz',
	lisa: 'liza',
	louise: 'louiz',
	therese: 'tereez',
	elisabeth: 'elizabeth',
	zacharia: 'zakaria',
	zachariah: 'zakaria',
	ayesha: 'aisha',
	jasmine: 'yasmin',
	jasmin: 'yasmin',
	gamal: 'jamal',
	guy: 'ghi',
	magda: 'majida'
};

/** Folded words of either script that begin with al or el and have no article. */
export const NO_ARTICLE: ReadonlySet<string> = new Set([
	...['الياس', 'اليان', 'الينا', 'الين', 'اليسا', 'اليسار', 'اليزابيت', 'اليز', 'اليس'],
	...['الهام', 'الطاف', 'الفت', 'البير', 'البرت', 'الفرد', 'الفيرا', 'الكسندر', 'الكسندرا'],
	...[
		'الكسي',
		'الكس',
		'العازر',
		'الدا',
		'المازه',
		'الماس',
		'المى',
		'الما',
		'السي',
		'الدو',
		'اليكس'
	],
	...['albert', 'alberto', 'alfred', 'alfredo', 'alham', 'almaz', 'almaza', 'almas', 'aldona'],
	...[
		'elham',
		'elvira',
		'elmaza',
		'elfat',
		'ellie',
		'elliot',
		'elsie',
		'elmira',
		'alleen',
		'ellen',
		'ellena'
	]
]);
