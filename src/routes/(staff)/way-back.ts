import { m } from '#lib/paraglide/messages.js';
import { ownAddress } from '#lib/platform/forms/address.ts';

interface Way {
	href: string;
	label: string;
}

/** Lists that a page about one of their things leads back to, week and filters included. */
const LISTS: readonly [RegExp, () => string][] = [
	[/^\/calendar(?:\?[\w=&%.+*-]*)?$/, m.nav_calendar],
	[/^\/cohorts\/[0-9a-z-]{1,64}$/, m.word_cohort]
];

/** The address of a page that is to lead back to the list at `here`. */
export function from(here: URL, address: string): string {
	const to = new URL(address, here);
	const list = new URL(here);
	for (const name of ['done', 'undo']) list.searchParams.delete(name);
	to.searchParams.set('back', ownAddress(list));
	return to.pathname + to.search;
}

/** Where the page at `here` leads back to: the list it was opened from, if it is one, else as said. */
export function wayBack(here: URL, otherwise: Way): Way {
	const href = here.searchParams.get('back') ?? '';
	const label = LISTS.find(([list]) => list.test(href))?.[1]();
	return label === undefined ? otherwise : { href, label };
}

/** What a form's address and the page after it carry on, so that the way back survives a save; beginning with `&`. */
export function carryingBack(here: URL): string {
	const back = here.searchParams.get('back');
	return back === null ? '' : `&${new URLSearchParams({ back })}`;
}
