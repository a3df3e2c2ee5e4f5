/** The language chosen on this device for children's pages: of the page, not of a ballot, and of nobody. */
export const LANGUAGE_COOKIE = 'halqa_language';

/** How a cookie of children's pages is set: no script reads it, no other site sends it, it ends with the browser. */
export function childCookie(origin: string) {
	return {
		path: '/s',
		httpOnly: true,
		sameSite: 'strict',
		secure: origin.startsWith('https:')
	} as const;
}
