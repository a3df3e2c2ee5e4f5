import type { Listening, Progress } from './types.ts';

/** Something a new organisation needs. */
export interface Step {
	name: keyof Progress | keyof Listening;
	isDone: boolean;
	/** How many there are; of what is there or not, none. */
	count?: number;
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
	curricula,
	cycles,
	alerts,
	words,
	readers
}: Progress & Listening): Step[] {
	/** A list comes to a centre. */
	const lists = centres > 0 ? { href: '/imports' } : {};
	return [
		{ ...counted('centres', centres), href: '/settings/centres' },
		{ ...counted('accounts', accounts, 2), href: '/settings/accounts' },
		{ ...counted('people', people), ...lists },
		{ ...counted('registers', registers), ...lists },
		{ ...counted('targets', targets), href: '/targets' },
		{ name: 'alerts', isDone: alerts, href: '/settings/alerts' },
		{ name: 'words', isDone: words, href: '/settings/words' },
		{ name: 'readers', isDone: readers, href: '/settings/readers' },
		{ ...counted('curricula', curricula), href: '/curricula' },
		{ ...counted('cycles', cycles), ...(curricula > 0 ? { href: '/cohorts/plan' } : {}) }
	];
}

function counted(name: keyof Progress, count: number, needed = 1): Step {
	return { name, count, isDone: count >= needed };
}
