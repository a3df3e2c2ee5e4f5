import type { ConsentPurpose } from '#lib/platform/db/vocabularies.ts';
import { words, type Words } from './text-words.rules.ts';

/** What a child is read and asked, of our own wording: short sentences, nothing that presses (domain.md 6.1). */
export const CHILD_LINES: Readonly<Record<ConsentPurpose, Words>> = {
	take_part: words(
		'We meet in a group. We play, draw, talk and learn new things. We write down your name and the days you come. The people who lead your group see it.',
		'Nous nous retrouvons en groupe. Nous jouons, dessinons, parlons et apprenons. Nous notons ton nom et les jours où tu viens. Les personnes qui animent ton groupe le voient.',
		'نلتقي في مجموعة. نلعب ونرسم ونتحدث ونتعلم أشياء جديدة. نكتب اسمكم والأيام التي تأتون فيها. يراه من يقودون مجموعتكم.'
	),
	photo: words(
		'We would like to take photos with you in them. Your name is never beside a photo. People you do not know may see it.',
		'Nous aimerions prendre des photos où l’on te voit. Ton nom n’est jamais à côté d’une photo. Des gens que tu ne connais pas peuvent la voir.',
		'نودّ التقاط صور تظهرون فيها. لا يُكتب اسمكم أبدًا بجانب صورة. قد يراها أشخاص لا تعرفونهم.'
	),
	quote: words(
		'You say things that others should hear. We would like to write some of it down and show it. We never say that it was you.',
		'Tu dis des choses que d’autres devraient entendre. Nous aimerions en écrire une partie et la montrer. Nous ne disons jamais que c’est toi.',
		'تقولون أشياء يجدر بالآخرين سماعها. نودّ أن نكتب بعضها ونعرضه. لا نقول أبدًا إنكم أنتم من قالها.'
	),
	drawing: words(
		'We would like to show a drawing of yours to other people. Your name is not on it. The drawing stays yours.',
		'Nous aimerions montrer un de tes dessins à d’autres gens. Ton nom n’est pas dessus. Le dessin reste à toi.',
		'نودّ أن نعرض رسمًا من رسومكم على أشخاص آخرين. لا يظهر اسمكم عليه. ويبقى الرسم لكم.'
	),
	contact: words(
		'When the group is over we would like to call your family. We ask how you are and tell you what came of the group.',
		'Quand le groupe sera fini, nous aimerions appeler ta famille. Nous demandons comment tu vas et te disons ce que le groupe a donné.',
		'عندما تنتهي المجموعة نودّ الاتصال بعائلتكم. نسأل عن حالكم ونخبركم بما نتج عن المجموعة.'
	),
	online: words(
		'Sometimes we talk with others on a screen. They can see and hear you. You can turn the picture off. Nobody records the call.',
		'Parfois nous parlons avec d’autres sur un écran. Ils peuvent te voir et t’entendre. Tu peux couper l’image. Personne n’enregistre l’appel.',
		'نتحدث أحيانًا مع آخرين عبر شاشة. يمكنهم أن يروكم ويسمعوكم. يمكنكم إطفاء الصورة. لا أحد يسجّل المكالمة.'
	),
	travel: words(
		'We would like to go to another place together. Adults you know come along and bring you back. Your family knows where you are.',
		'Nous aimerions aller ensemble dans un autre endroit. Des adultes que tu connais viennent avec toi et te ramènent. Ta famille sait où tu es.',
		'نودّ الذهاب معًا إلى مكان آخر. يرافقكم كبار تعرفونهم ويعيدونكم. وتعرف عائلتكم أين أنتم.'
	)
};

export const CHILD_FRAME: { before: Words; after: Words } = {
	before: words(
		'We ask you about one thing. You can say yes or no.',
		'Nous te demandons une seule chose. Tu peux dire oui ou non.',
		'نسألكم عن شيء واحد. يمكنكم أن تقولوا نعم أو لا.'
	),
	after: words(
		'Nobody is angry when you say no. You can still get help here, complain and say your ideas.\nYou can change your mind on any day. Tell one of us, and we stop.\nYour family is asked too. We need your yes and theirs.\nWhat you tell us stays with us. Only when somebody is not safe we tell an adult who can help.',
		'Personne ne se fâche si tu dis non. Tu peux toujours recevoir de l’aide ici, te plaindre et dire tes idées.\nTu peux changer d’avis n’importe quel jour. Dis-le à l’un de nous, et nous arrêtons.\nNous demandons aussi à ta famille. Il nous faut ton oui et le sien.\nCe que tu nous dis reste entre nous. Seulement si quelqu’un n’est pas en sécurité, nous le disons à un adulte qui peut aider.',
		'لا أحد يغضب إن قلتم لا. يمكنكم دائمًا أن تجدوا المساعدة هنا وأن تشتكوا وأن تقولوا أفكاركم.\nيمكنكم تغيير رأيكم في أي يوم. قولوا لواحد منّا فنتوقف.\nنسأل عائلتكم أيضًا. نحتاج إلى نعم منكم ونعم منها.\nما تقولونه لنا يبقى بيننا. فقط إن لم يكن أحد في أمان نخبر شخصًا كبيرًا يستطيع المساعدة.'
	)
};
