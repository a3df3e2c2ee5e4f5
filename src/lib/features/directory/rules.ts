import { daysBetween } from '#lib/platform/clock/days.ts';
import { HELP_KINDS, type HelpKind } from '#lib/platform/db/vocabularies.ts';

/** A number nobody tried for longer than this may no longer answer (`domain.md` 6.2). */
export const STALE_AFTER_DAYS = 90;

/** Languages an entry can be said to speak: of the countries Halqa starts with, and of who lives there. */
export const SPOKEN = 'ar ku hy en fr pt es ro ru uk tr th my km lo ee'.split(' ');

/** Whether nobody tried it yet, or not for long; both civil dates. */
export function isStale(verifiedOn: string | null, today: string): boolean {
	return verifiedOn === null || daysBetween(verifiedOn, today) > STALE_AFTER_DAYS;
}

interface Ordered {
	kind: HelpKind;
	centreId: string | null;
	position: number;
	name: string;
}

/**
 * By whom a child would rather reach first: lines for children, protection, health, others, and the police last whatever place it
 * was given. Among the same kind what is near goes before what is far, then as people ordered it.
 */
export function inHelpOrder<T extends Ordered>(entries: readonly T[]): T[] {
	const near = ({ centreId }: Ordered) => Number(centreId === null);
	const rank = ({ kind }: Ordered) => HELP_KINDS.indexOf(kind);
	return entries.toSorted(
		(a, b) =>
			rank(a) - rank(b) ||
			near(a) - near(b) ||
			a.position - b.position ||
			(a.name < b.name ? -1 : Number(a.name > b.name))
	);
}

/** What a telephone dials; numbers are written with blanks for who reads them. */
export function dialled(phone: string): string {
	return phone.replace(/[^\d+*#]/g, '');
}
