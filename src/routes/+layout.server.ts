import type { LayoutServerLoad } from './$types';

/** The reader's language and look. Asked again when the one-off `?lang` changes. */
export const load: LayoutServerLoad = ({ locals, url }) => ({
	asked: url.searchParams.get('lang'),
	locale: locals.locale,
	theme: locals.actor?.theme ?? ('auto' as const)
});
