/** Whom to call, per country. Numbers go stale: each says where it is from and when it was last checked. */
export interface Helpline {
	country: string;
	name: 'internal_security' | 'social_affairs' | 'himaya';
	phone: string;
	/** Civil date somebody rang it; null: never checked here. */
	verifiedOn: string | null;
}

/** A number nobody checked for this long is shown with a warning (`domain.md` 6.2). */
export const STALE_AFTER_DAYS = 90;

/** From published material of the organisations named; check each before relying on it. */
export const HELPLINES: readonly Helpline[] = [
	{ country: 'LB', name: 'internal_security', phone: '112', verifiedOn: null },
	{ country: 'LB', name: 'himaya', phone: '03 414 964', verifiedOn: null },
	{ country: 'LB', name: 'social_affairs', phone: '1714', verifiedOn: null }
];
