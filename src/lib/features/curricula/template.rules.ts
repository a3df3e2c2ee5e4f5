import type { Texts } from '#lib/platform/i18n/texts.ts';
import { BEGINNING } from './template-beginning.rules.ts';
import { ENDING } from './template-ending.rules.ts';
import type { NewActivity, NewModule, Picture } from './types.ts';

/**
 * Twelve sessions of community-based psychosocial support for children of about 6 to 13, to start from. The words are
 * Halqa's own. Content, as a curriculum's own texts are: in each language, whatever the reader's.
 */
export type Three = readonly [en: string, fr: string, ar: string];

/** A session but for the circles it begins and ends with. */
export interface TemplateSession {
	picture: Picture;
	title: Three;
	aim: Three;
	bring: Three;
	game: { title: Three; children: Three; says: Three };
	work: { title: Three; children: Three; says: Three };
}
export interface TemplateModule {
	name: Three;
	sessions: readonly TemplateSession[];
}

const MINUTES = 90;

export const TEMPLATE_NAME: Texts = textsOf([
	'My circle: twelve sessions',
	'Mon cercle : douze séances',
	'حلقتي: اثنتا عشرة جلسة'
]);

const OPENING: NewActivity = {
	minutes: 10,
	title: textsOf(['Opening circle', 'Cercle d’ouverture', 'حلقة البداية']),
	children: textsOf([
		'They sit in a circle, greet each other by name and show with one hand how they arrive: open, half open or closed.',
		'Assis en cercle, ils se saluent par leur prénom et montrent d’une main comment ils arrivent : ouverte, à demi ouverte ou fermée.',
		'يجلسون في حلقة ويحيّون بعضهم بالأسماء، ويُظهر كل واحد بيده كيف وصل: مفتوحة أو نصف مفتوحة أو مغلقة.'
	]),
	says: textsOf([
		'It is good that you are here. Every hand is right, and nobody has to explain.',
		'C’est bien que vous soyez là. Toutes les mains sont justes et personne n’a à expliquer.',
		'جميل أنكم هنا. كل يد صحيحة، ولا أحد مضطر إلى الشرح.'
	])
};

const CLOSING: NewActivity = {
	minutes: 20,
	title: textsOf(['Closing circle', 'Cercle de clôture', 'حلقة الختام']),
	children: textsOf([
		'They breathe in and out three times together. Who wants to says one word about today; then they say when they meet again.',
		'Ils inspirent et expirent trois fois ensemble. Qui veut dit un mot sur la journée ; puis ils disent quand ils se retrouvent.',
		'يتنفّسون معًا ثلاث مرات. من يرغب يقول كلمة عن اليوم، ثم يذكرون موعد اللقاء التالي.'
	]),
	says: textsOf([
		'Thank you for what you shared and for what you kept to yourselves. If something stays heavy, I am here for a while after we finish.',
		'Merci pour ce que vous avez partagé et pour ce que vous avez gardé. Si quelque chose reste lourd, je suis là un moment après la séance.',
		'شكرًا على ما شاركتموه وعلى ما احتفظتم به لأنفسكم. إن بقي شيء ثقيل على القلب فأنا هنا بعض الوقت بعد أن ننتهي.'
	])
};

const VARIANTS = textsOf([
	'Younger ones: shorter turns, more movement, drawing in place of talking.\nOlder ones: let them lead the game and choose how to show what they made.',
	'Plus jeunes : des tours plus courts, plus de mouvement, dessiner plutôt que parler.\nPlus âgés : qu’ils mènent le jeu et choisissent comment montrer ce qu’ils ont fait.',
	'الأصغر: أدوار أقصر وحركة أكثر، والرسم بدل الكلام.\nالأكبر: دعوهم يقودون اللعبة ويختارون كيف يعرضون ما صنعوه.'
]);

const NOTES = textsOf([
	'**Nobody has to speak.** Passing is always allowed.\n\n- Two adults are in the room all the time.\n- If a child tells you of harm: listen, do not ask for details, promise no secrets, and tell your focal point the same day.',
	'**Personne n’est obligé de parler.** On peut toujours passer son tour.\n\n- Deux adultes sont dans la salle tout le temps.\n- Si un enfant vous confie un mal subi : écoutez, ne demandez pas de détails, ne promettez pas le secret et prévenez le point focal le jour même.',
	'**لا أحد مضطر إلى الكلام.** يحقّ لكل واحد أن يتخطّى دوره دائمًا.\n\n- يبقى راشدان في الغرفة طوال الوقت.\n- إن أخبركم طفل عن أذى: أصغوا ولا تسألوا عن التفاصيل ولا تعدوا بالكتمان، وأبلغوا المسؤول عن الحماية في اليوم نفسه.'
]);

/** The modules a draft begins with. */
export const TEMPLATE: readonly NewModule[] = [...BEGINNING, ...ENDING].map((module) => ({
	name: textsOf(module.name),
	plans: module.sessions.map(({ picture, title, aim, bring, game, work }) => ({
		...{ picture, minutes: MINUTES, title: textsOf(title), objectives: textsOf(aim) },
		...{ materials: textsOf(bring), variants: VARIANTS, notes: NOTES },
		activities: [OPENING, activityOf(game, 20), activityOf(work, 40), CLOSING]
	}))
}));

function activityOf(
	{ title, children, says }: TemplateSession['game'],
	minutes: number
): NewActivity {
	return { minutes, title: textsOf(title), children: textsOf(children), says: textsOf(says) };
}

function textsOf([en, fr, ar]: Three): Texts {
	return { en, fr, ar };
}
