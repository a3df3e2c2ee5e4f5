import type { Context } from '#lib/platform/command/context.ts';
import { CONSENT_PURPOSES, CONSENT_READERS, known } from '#lib/platform/db/vocabularies.ts';
import type { ConsentPurpose, ConsentReader } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { builtInText, eachText } from './texts.rules.ts';
import type { ConsentText } from './types.ts';

/**
 * Every version of the section's texts, newest first: what it published and, as number 1, what came with the release.
 * Of one purpose, or of all; in the languages given.
 */
export async function listTexts(
	{ db, scope }: Context,
	languages: readonly Locale[],
	of: { purpose?: ConsentPurpose; reader?: ConsentReader } = {}
): Promise<ConsentText[]> {
	const rows = await db
		.selectFrom('consent_text')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.where('language', 'in', languages)
		.$if(of.purpose !== undefined, (query) => query.where('purpose', '=', of.purpose!))
		.$if(of.reader !== undefined, (query) => query.where('reader', '=', of.reader!))
		.orderBy('number', 'desc')
		.execute();
	const kept = rows.map((row): ConsentText => ({
		purpose: known(CONSENT_PURPOSES, row.purpose),
		reader: known(CONSENT_READERS, row.reader),
		language: row.language,
		number: row.number,
		body: row.body,
		publishedOn: row.published_by === null ? null : row.published_on
	}));
	const builtIn = eachText()
		.filter(
			({ purpose, reader }) =>
				(of.purpose ?? purpose) === purpose && (of.reader ?? reader) === reader
		)
		.flatMap((one) => languages.map((language) => ({ ...one, language })))
		.filter((one) => !kept.some((text) => text.number === 1 && isOf(text, one)))
		.map((one): ConsentText => ({ ...one, number: 1, body: builtInText(one), publishedOn: null }));
	return [...kept, ...builtIn];
}

/** The newest version of a text. */
export async function getText(
	ctx: Context,
	{
		purpose,
		reader,
		language
	}: { purpose: ConsentPurpose; reader: ConsentReader; language: Locale }
): Promise<ConsentText> {
	const [newest] = await listTexts(ctx, [language], { purpose, reader });
	return newest!;
}

function isOf(text: ConsentText, one: { purpose: string; reader: string; language: string }) {
	return (
		text.purpose === one.purpose && text.reader === one.reader && text.language === one.language
	);
}
