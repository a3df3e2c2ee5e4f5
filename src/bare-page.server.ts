import { m } from '#lib/paraglide/messages.js';
import type { Typed } from '#lib/platform/forms/kept.server.ts';
import { directionOf, type Locale } from '#lib/platform/i18n/locale.ts';
import errorPage from './error.html?raw';

/**
 * SvelteKit's bare error page, which is drawn outside `handle`, in the reader's language and direction. With
 * `typed` a button of it sends that to the same address again.
 */
export function barePage(
	{ locale, url }: { locale: Locale; url: URL },
	status: number,
	words: string,
	typed?: Typed
): Response {
	const frame = `lang="${locale}" dir="${directionOf(locale)}"`;
	const page = errorPage
		.replace('lang="en"', frame)
		.replace('This did not work', m.error_title())
		.replaceAll('%sveltekit.status%', String(status))
		.replace('%sveltekit.error.message%', words)
		.replace('</main>', () => `${typed ? formAgain(url, typed) : ''}</main>`);
	return new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** What `ui/SendAgain.svelte` draws on other pages. */
function formAgain(url: URL, typed: Typed): string {
	const fields = Object.entries(typed).flatMap(([name, values]) =>
		[values].flat().map((value) => {
			const [shownName, shownValue] = [escapeHtml(name), escapeHtml(value)];
			return `<input type="hidden" name="${shownName}" value="${shownValue}">`;
		})
	);
	const action = escapeHtml(url.pathname + url.search);
	const button = `<button>${escapeHtml(m.error_send_again())}</button>`;
	return `<p>${escapeHtml(m.error_kept_typed())}</p><form method="POST" action="${action}">${fields.join('')}${button}</form>`;
}

function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
