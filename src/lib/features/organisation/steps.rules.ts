import type { Listening, Progress } from './types.ts';

/** Something a new organisation needs. */
export interface Step {
	name: 'centres' | 'accounts' | 'people' | 'registers' | 'targets' | keyof Listening;
	isDone: boolean;
	/** Where an administrator does it. */
	href?: string;
}

/** What a new organisation needs, in the order it is best done; one account is the administrator's own. */
export function stepsOf({
	centres,
	accounts,
	people,
	registers,
	targets,
	alerts,
	words,
	readers
}: Progress & Listening): Step[] {
	/** A list comes to a centre. */
	const lists = centres > 0 ? { href: '/imports' } : {};
	return [
		{ name: 'centres', isDone: centres > 0, href: '/settings/centres' },
		{ name: 'accounts', isDone: accounts > 1, href: '/settings/accounts' },
		{ name: 'people', isDone: people > 0, ...lists },
		{ name: 'registers', isDone: registers > 0, ...lists },
		{ name: 'targets', isDone: targets > 0, href: '/targets' },
		{ name: 'alerts', isDone: alerts, href: '/settings/alerts' },
		{ name: 'words', isDone: words, href: '/settings/words' },
		{ name: 'readers', isDone: readers, href: '/settings/readers' }
	];
}
