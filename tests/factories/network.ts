import { networkScopeOf, type StaffActor } from '#lib/platform/access/actor.ts';
import type { Db } from '#lib/platform/db/open.ts';

const SECRETARIAT: StaffActor = {
	kind: 'staff',
	accountId: 'secretariat',
	roles: [{ role: 'network', centreIds: null, bodyId: null }],
	sectionId: null,
	isExample: false,
	name: 'Claire',
	locale: 'en',
	theme: 'auto',
	secondStep: 'free'
};

/** The international secretariat asking a database. */
export function asNetwork({ db }: { db: Db }) {
	return { db, network: networkScopeOf(SECRETARIAT)! };
}
