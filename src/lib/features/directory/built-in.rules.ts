import type { NewRow } from '#lib/platform/db/schema.ts';
import type { HelpAudience, HelpKind } from '#lib/platform/db/vocabularies.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';

type Words = Readonly<Record<'en' | 'fr' | 'ar', string>>;

/** An entry a section of a country begins with. */
export interface BuiltIn {
	kind: HelpKind;
	audience: HelpAudience;
	name: Words;
	purpose: Words;
	hours: Words | Record<never, string>;
	phone: string;
	languages: readonly string[];
	source: Words;
}

const words = (en: string, fr: string, ar: string): Words => ({ en, fr, ar });

const ALWAYS = words('Day and night', 'Jour et nuit', 'ليلًا ونهارًا');
const UNKNOWN = {};

type BuiltInKind = Exclude<HelpKind, 'health'>;
const PURPOSES: Record<BuiltInKind, Words> = {
	child_line: words(
		'For children: to talk, and to get help',
		'Pour les enfants : parler et être aidé',
		'للأطفال: للحديث وطلب المساعدة'
	),
	protection: words(
		'When a child is not safe',
		'Quand un enfant n’est pas en sécurité',
		'عندما لا يكون طفل أو طفلة في أمان'
	),
	support: words(
		'Somebody who listens, when all is too much',
		'Quelqu’un qui écoute, quand tout est trop lourd',
		'من يُصغي حين يصبح كل شيء أثقل من أن يُحتمل'
	),
	police: words('In danger now', 'En danger maintenant', 'عند الخطر الآن')
};
/** Nobody looked it up in a document the project holds: that is said, so that somebody rings. */
const COMMONLY_KNOWN = words(
	'Came with Halqa: commonly published, not from a document Halqa holds',
	'Fourni avec Halqa : couramment publié, sans document à l’appui',
	'أُدرج مع «حلقة»: منشور على نطاق واسع، من دون وثيقة لدينا'
);
const from = (en: string, fr: string, ar: string) =>
	words(`Came with Halqa: ${en}`, `Fourni avec Halqa : ${fr}`, `أُدرج مع «حلقة»: ${ar}`);

function line(
	kind: BuiltInKind,
	phone: string,
	name: Words,
	more: Partial<BuiltIn> & Pick<BuiltIn, 'languages'>
): BuiltIn {
	const common = { audience: 'everyone', hours: UNKNOWN, source: COMMONLY_KNOWN } as const;
	return { kind, phone, name, purpose: PURPOSES[kind], ...common, ...more };
}

const police = (phone: string, name: Words, languages: readonly string[], source?: Words) =>
	line('police', phone, name, { languages, hours: ALWAYS, ...(source && { source }) });

/**
 * What a new section begins with, by country, in the order of its list. Nobody has rung any of it: that is the
 * section's to do, and said everywhere until it is done. Also what a child is shown when the database fails.
 */
export const BUILT_IN: Readonly<Record<string, readonly BuiltIn[]>> = {
	LB: [
		line('child_line', '03 414 964', words('himaya', 'himaya', 'حماية'), {
			languages: ['ar', 'en', 'fr'],
			source: from('a training of himaya', 'une formation de himaya', 'من تدريب لجمعية حماية')
		}),
		line(
			'protection',
			'1714',
			words(
				'Ministry of Social Affairs',
				'Ministère des Affaires sociales',
				'وزارة الشؤون الاجتماعية'
			),
			{
				languages: ['ar'],
				source: from(
					'a newspaper report of 2011',
					'un article de presse de 2011',
					'من خبر صحفي لعام 2011'
				)
			}
		),
		police(
			'112',
			words('Internal Security Forces', 'Forces de sécurité intérieure', 'قوى الأمن الداخلي'),
			['ar'],
			from(
				'published by Save the Children Lebanon, 2023',
				'publié par Save the Children Liban, 2023',
				'نشرته منظمة إنقاذ الطفل في لبنان، 2023'
			)
		)
	],
	BR: [
		line('child_line', '100', words('Disque 100', 'Disque 100', 'ديسكي 100'), {
			purpose: words(
				'Violence against children and other violations of rights',
				'Violences envers les enfants et autres violations des droits',
				'العنف ضد الأطفال وغيره من انتهاكات الحقوق'
			),
			hours: ALWAYS,
			languages: ['pt']
		}),
		line('support', '188', words('CVV', 'CVV', 'CVV'), {
			hours: ALWAYS,
			languages: ['pt']
		}),
		police('190', words('Military Police', 'Police militaire', 'الشرطة العسكرية'), ['pt'])
	],
	MD: [
		line(
			'child_line',
			'116 111',
			words(
				'Telefonul Copilului (child helpline)',
				'Telefonul Copilului (ligne des enfants)',
				'هاتف الطفل (Telefonul Copilului)'
			),
			{ hours: ALWAYS, languages: ['ro', 'ru'] }
		),
		police('112', words('Emergency number', 'Numéro d’urgence', 'رقم الطوارئ'), ['ro', 'ru'])
	],
	TH: [
		line(
			'child_line',
			'1387',
			words(
				'Childline Thailand (Saidek)',
				'Childline Thailand (Saidek)',
				'خط الطفل في تايلاند (Saidek)'
			),
			{ hours: ALWAYS, languages: ['th'] }
		),
		line(
			'protection',
			'1300',
			words('Social Assistance Center', 'Centre d’aide sociale', 'مركز المساعدة الاجتماعية'),
			{ hours: ALWAYS, languages: ['th'] }
		),
		police('191', words('Police', 'Police', 'الشرطة'), ['th'])
	],
	TG: [
		line('child_line', '1011', words('Allô 1011', 'Allô 1011', 'ألو 1011'), {
			languages: ['fr', 'ee']
		}),
		police('117', words('Police', 'Police secours', 'الشرطة'), ['fr'])
	]
};

/** Rows a section of a country begins with; none where Halqa knows none. `idOf` names each by its number. */
export function builtInRows(
	section_id: string,
	country: string,
	idOf: (phone: string) => string
): NewRow<'help_entry'>[] {
	return (BUILT_IN[country] ?? []).map((entry, at) => ({
		...{ id: idOf(entry.phone), section_id, kind: entry.kind, audience: entry.audience },
		...{ name_texts: textsJson(entry.name), purpose_texts: textsJson(entry.purpose) },
		...{ hours_texts: textsJson(entry.hours), place_texts: '{}', phone: entry.phone },
		...{ languages: entry.languages.join(','), position: at + 1 },
		source_texts: textsJson(entry.source)
	}));
}
