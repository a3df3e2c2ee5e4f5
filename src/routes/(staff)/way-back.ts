import { m } from '#lib/paraglide/messages.js';
import { ownAddress } from '#lib/platform/forms/address.ts';

interface Way {
	href: string;
	label: string;
}

const PATHS: readonly [string, () => string][] = [
	['/today', m.nav_today],
	['/calendar', m.nav_calendar],
	['/cohorts/[0-9a-z-]{1,64}', m.word_cohort],
	['/sessions/[0-9a-z-]{1,64}', m.feedback_code_back],
	['/voices', m.voices_title],
	['/targets', m.nav_targets],
	['/exports', m.nav_exports],
	['/roadmaps/milestones/[0-9a-z-]{1,64}', m.exports_milestone]
];

/** Pages that one about one of their things leads back to, week and filters and where they lead back to themselves included. */
const LISTS: readonly [RegExp, () => string][] = PATHS.map(([path, label]) => [
	new RegExp(`^${path}(?:\\?[\\w=&%.+*-]*)?$`),
	label
]);

/** The address of a page that is to lead back to the one at `here`. */
export function from(here: URL, address: string): string {
	const list = new URL(here);
	for (const name of ['done', 'undo']) list.searchParams.delete(name);
	return leadingBack(here, address, ownAddress(list));
}

/** The address of a page beside the one at `here`, about the same thing: it leads back where that does. */
export function beside(here: URL, address: string): string {
	const back = here.searchParams.get('back');
	return back === null ? address : leadingBack(here, address, back);
}

function leadingBack(here: URL, address: string, back: string): string {
	const to = new URL(address, here);
	to.searchParams.set('back', back);
	return to.pathname + to.search + to.hash;
}

/** Where the page at `here` leads back to: the page it was opened from, if it is one of those, else as said. */
export function wayBack(here: URL, otherwise: Way): Way {
	const href = here.searchParams.get('back') ?? '';
	const label = LISTS.find(([list]) => list.test(href))?.[1]();
	return label === undefined ? otherwise : { href, label };
}

/** Back where the page at `here` was opened from, saying there what was done. */
export function backSaying(here: URL, done: string, otherwise: string): string {
	const { href } = wayBack(here, { href: otherwise, label: '' });
	return `${href}${href.includes('?') ? '&' : '?'}done=${done}`;
}

/** What a form's address and the page after it carry on, so that the way back survives a save; beginning with `&`. */
export function carryingBack(here: URL): string {
	const back = here.searchParams.get('back');
	return back === null ? '' : `&${new URLSearchParams({ back })}`;
}
