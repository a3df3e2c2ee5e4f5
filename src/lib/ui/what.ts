import { getContext, setContext } from 'svelte';

/** Under which the page's own words about itself stand in Svelte's context. */
const WHAT = Symbol('what');

/** Lets the head of a page find what the page is for. Called while the shell around it is made. */
export function offerWhat(what: () => string | null): void {
	setContext(WHAT, what);
}

/** What the page around a head is for; null where nobody says so. Called while the head is made. */
export function whatAround(): () => string | null {
	return getContext<(() => string | null) | undefined>(WHAT) ?? (() => null);
}
