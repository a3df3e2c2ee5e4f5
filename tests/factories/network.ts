import { networkScopeOf, type Actor } from '#lib/platform/access/actor.ts';
import type { Db } from '#lib/platform/db/open.ts';

const SECRETARIAT: Actor = {
	accountId: 'secretariat',
	role: 'network',
	sectionId: null,
	centreIds: [],
	name: 'Claire',
	locale: 'en',
	theme: 'auto',
	secondStep: 'free'
};

/** The international secretariat asking a database. */
export function asNetwork({ db }: { db: Db }) {
	return { db, network: networkScopeOf(SECRETARIAT)! };
}
