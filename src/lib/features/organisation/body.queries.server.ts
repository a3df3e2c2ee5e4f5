import type { Context } from '#lib/platform/command/context.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';

export interface Body {
	id: string;
	name: string;
}

/** The bodies of the section by name. */
export async function listBodies({ db, scope }: Context, locale: Locale): Promise<Body[]> {
	const rows = await db
		.selectFrom('body')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	return rows
		.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }))
		.sort(byName(locale));
}
