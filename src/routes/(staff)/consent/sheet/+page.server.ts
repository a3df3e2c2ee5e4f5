import { getSection } from '#lib/features/centres/queries.server.ts';
import { sheetWords } from '#lib/features/consent/sheet.words.ts';
import { getText } from '#lib/features/consent/texts.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';
import { textAsked } from '../which.ts';

/** One text as a sheet: to sign, or large, to be read aloud. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const ctx = ctxOf(locals);
	const { languages } = await getSection(ctx, locals.locale);
	const asked = textAsked(url.searchParams, languages);
	const text = await getText(ctx, asked);
	const { name } = await getSection(ctx, asked.language);
	return {
		...{ asked, text, languages, organisation: name },
		words: sheetWords(asked.purpose, asked.reader, asked.language),
		isLarge: url.searchParams.has('large')
	};
};
