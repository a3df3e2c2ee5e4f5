import { m } from '#lib/paraglide/messages.js';

/** More of a kind than can be taken in at a glance are asked for by a further word. */
export const MOST_OF_A_KIND = 6;

export type Kind =
	'recent' | 'page' | 'person' | 'cohort' | 'session' | 'centre' | 'curriculum' | 'roadmap';

/** One thing that opens. */
export interface Found {
	href: string;
	name: string;
	/** Where it belongs; blank when the name says all. */
	about: string;
}

export interface Group {
	kind: Kind;
	found: Found[];
	/** How many further ones were left out. */
	more: number;
}

const KINDS: Record<Kind, () => string> = {
	recent: m.search_recent,
	page: m.search_pages,
	person: m.nav_people,
	cohort: m.nav_cohorts,
	session: m.search_sessions,
	centre: m.search_centres,
	curriculum: m.nav_curricula,
	roadmap: m.search_roadmaps
};

export function kindWord(kind: Kind): string {
	return KINDS[kind]();
}
