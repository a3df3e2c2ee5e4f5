import type { ConsentPurpose } from '#lib/platform/db/vocabularies.ts';
import { words, type Words } from './text-words.rules.ts';

/** What a guardian, or an adult for themselves, is asked with, of our own wording (domain.md 6.1, 6.7). */
export const ADULT_LINES: Readonly<Record<ConsentPurpose, Words>> = {
	take_part: words(
		'Taking part in a group that meets here to play, draw, talk and learn. We write down the name, year of birth and language, how to reach the family safely, and the days of coming: to plan the group and to count how many come. Those who lead the group and the coordinator of the centre see it. How to reach the family is kept until six months after the group; after the report of the year coming is counted without a name.',
		'Participer à un groupe qui se retrouve ici pour jouer, dessiner, parler et apprendre. Nous notons le nom, l’année de naissance et la langue, comment joindre la famille sans risque, et les jours de présence : pour préparer le groupe et compter combien de personnes viennent. Les personnes qui animent le groupe et la coordination du centre le voient. La façon de joindre la famille est gardée jusqu’à six mois après le groupe ; après le rapport de l’année, la présence est comptée sans nom.',
		'المشاركة في مجموعة تلتقي هنا للعب والرسم والحديث والتعلّم. نكتب الاسم وسنة الميلاد واللغة وكيف نصل إلى العائلة بأمان وأيام الحضور: للتخطيط للمجموعة ولعدّ من يأتون. يراه من يقودون المجموعة ومنسّق المركز أو منسّقته. تُحفظ طريقة الوصول إلى العائلة حتى ستة أشهر بعد انتهاء المجموعة، وبعد تقرير السنة يُعدّ الحضور بلا اسم.'
	),
	photo: words(
		'Photos of what the group does, with faces that can be recognised. We show them in reports and on our pages, without name, age or place. They are kept for two years at most.',
		'Des photos de ce que fait le groupe, avec des visages reconnaissables. Nous les montrons dans des rapports et sur nos pages, sans nom, ni âge, ni lieu. Elles sont gardées deux ans au plus.',
		'صور لما تفعله المجموعة، فيها وجوه يمكن التعرّف إليها. نعرضها في التقارير وعلى صفحاتنا بلا اسم ولا عمر ولا مكان. تُحفظ سنتين على الأكثر.'
	),
	quote: words(
		'Words that were said in the group, written down and shown in reports. Beside them stand an age group and the country, never a name, an exact age or the centre.',
		'Des paroles dites dans le groupe, notées et montrées dans des rapports. À côté figurent une tranche d’âge et le pays, jamais un nom, un âge exact ou le centre.',
		'كلمات قيلت في المجموعة، تُكتب وتُعرض في التقارير. تُذكر بجانبها فئة عمرية والبلد، ولا يُذكر أبدًا اسم أو عمر محدد أو المركز.'
	),
	drawing: words(
		'Drawings made in the group, shown in reports and on our pages without a name. They are kept for two years at most, and the drawing belongs to who made it.',
		'Des dessins faits dans le groupe, montrés dans des rapports et sur nos pages sans nom. Ils sont gardés deux ans au plus, et le dessin appartient à qui l’a fait.',
		'رسوم من عمل المجموعة، تُعرض في التقارير وعلى صفحاتنا بلا اسم. تُحفظ سنتين على الأكثر، والرسم لمن رسمه.'
	),
	contact: words(
		'A call or a message after the group is over, to ask how things are and to say what came of it. We use the way and the hours that were said to be safe.',
		'Un appel ou un message après la fin du groupe, pour prendre des nouvelles et dire ce qui en est sorti. Nous utilisons le moyen et les heures indiqués comme sûrs.',
		'اتصال أو رسالة بعد انتهاء المجموعة، للسؤال عن الأحوال ولإخباركم بما نتج عنها. نستعمل الطريقة والساعات التي قيل إنها آمنة.'
	),
	online: words(
		'A call on a screen with people elsewhere, with one of us in the room. Nobody records it, and the picture can be turned off.',
		'Un appel sur écran avec des personnes ailleurs, l’un de nous étant dans la pièce. Personne ne l’enregistre, et l’image peut être coupée.',
		'مكالمة عبر الشاشة مع أشخاص في مكان آخر، ويكون أحدنا في الغرفة. لا أحد يسجّلها، ويمكن إطفاء الصورة.'
	),
	travel: words(
		'A trip to another place with the group and adults of ours. Before it we say where, when and with whom; on the way somebody can always be reached.',
		'Un déplacement dans un autre lieu avec le groupe et des adultes de notre équipe. Avant, nous disons où, quand et avec qui ; en route, quelqu’un est toujours joignable.',
		'رحلة إلى مكان آخر مع المجموعة وكبار من فريقنا. نقول قبلها إلى أين ومتى ومع من، ويمكن دائمًا الوصول إلى أحد منّا في الطريق.'
	)
};

const RIGHTS = words(
	'It is free to refuse, and nothing else here depends on it: no help, no complaint, no idea.\nYou may change your mind on any day, without a reason. Tell any of us, and we stop at once. You may ask what we hold, and have it corrected or deleted.\nWhat we are told stays with us. If somebody may be in danger we must tell those who can protect them.\nYou may complain to the centre, or to somebody outside it; we tell you whom.',
	'Refuser est libre, et rien d’autre ici n’en dépend : ni aide, ni plainte, ni idée.\nVous pouvez changer d’avis n’importe quel jour, sans raison. Dites-le à l’un de nous, et nous arrêtons aussitôt. Vous pouvez demander ce que nous gardons, et le faire corriger ou effacer.\nCe qu’on nous dit reste entre nous. Si quelqu’un peut être en danger, nous devons prévenir qui peut le protéger.\nVous pouvez vous plaindre au centre, ou à quelqu’un d’extérieur ; nous vous disons à qui.',
	'لكم حرية الرفض، ولا يتوقف عليه شيء آخر هنا: لا مساعدة ولا شكوى ولا فكرة.\nيمكنكم تغيير رأيكم في أي يوم ومن دون سبب. قولوا لأيٍّ منّا فنتوقف فورًا. ويمكنكم أن تسألوا عمّا نحتفظ به وأن تطلبوا تصحيحه أو حذفه.\nما يُقال لنا يبقى بيننا. وإن كان أحد في خطر فعلينا أن نخبر من يستطيع حمايته.\nيمكنكم أن تشتكوا إلى المركز أو إلى شخص خارجه، ونقول لكم إلى من.'
);

export const ADULT_FRAMES: Readonly<Record<'guardian' | 'adult', { before: Words; after: Words }>> =
	{
		guardian: {
			before: words(
				'We ask you about a child you are responsible for, and about one thing. The child is asked too: your yes does not stand for theirs, and a no of either of you ends it.',
				'Nous vous demandons une seule chose, au sujet d’un enfant dont vous êtes responsable. L’enfant est aussi interrogé : votre oui ne vaut pas le sien, et un non de l’un de vous y met fin.',
				'نسألكم عن شيء واحد يخص طفلًا أو طفلة أنتم مسؤولون عنه. ونسأل الطفل أو الطفلة أيضًا: موافقتكم لا تحل محل موافقتهما، ورفض أيٍّ منكم ينهي الأمر.'
			),
			after: RIGHTS
		},
		adult: {
			before: words(
				'We ask you about yourself, and about one thing.',
				'Nous vous demandons une seule chose, à votre sujet.',
				'نسألكم عن أنفسكم وعن شيء واحد.'
			),
			after: RIGHTS
		}
	};
