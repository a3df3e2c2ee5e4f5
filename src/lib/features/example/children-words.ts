/** What children of the example might write; invented. */
export const CHANGES: readonly string[] = [
	'نريد وقتًا أطول للرسم',
	'أن نلعب في الخارج أكثر',
	'الغرفة ضيّقة علينا',
	'أن يتكلّم الجميع وليس نفس الأولاد كل مرّة',
	'نبدأ متأخّرين قليلًا، الطريق بعيد',
	'أحب الأغاني، نريد أغاني أكثر',
	'لا شيء، كل شيء جيّد',
	'أن تسمعونا قبل أن تقرّروا',
	'استراحة أطول في النصف',
	'مجموعات أصغر',
	'Plus de jeux, moins de feuilles',
	'More time to talk with each other'
];

export const IDEAS: readonly string[] = [
	'نعمل جدارية في المركز',
	'ندعو أهلنا لنريهم ما تعلّمناه',
	'نختار نحن موضوع الأسبوع القادم',
	'نزور مركزًا آخر ونتعرّف إلى أولاد هناك',
	'Un petit journal que nous écrivons nous-mêmes'
];

/** What mothers wrote. */
export const MOTHERS_CHANGES: readonly string[] = [
	'وقت أطول نتحدّث فيه معًا',
	'مكان لأطفالنا الصغار خلال الجلسة',
	'أن تبدأ الجلسة بعد عودة الأولاد من المدرسة',
	'Plus de séances avec nos filles'
];
