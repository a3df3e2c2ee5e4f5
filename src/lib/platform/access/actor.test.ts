import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	isOwnCohortsOnly,
	networkScopeOf,
	permissionsAt,
	reachesCentre,
	scopeOf
} from './actor.ts';
import type { HeldRole, Scope, StaffActor } from './actor.ts';
import { holds, PERMISSIONS, ROLES, type Permission } from './roles.ts';

const CENTRES = ['a', 'b', 'c'];
const held = (role: HeldRole['role'], ...centres: string[]): HeldRole => ({
	...{ role, centreIds: centres.length > 0 ? centres : null, bodyId: null }
});
function actor(...roles: HeldRole[]): StaffActor {
	const about = { name: '', locale: 'en', theme: 'auto', secondStep: 'free' } as const;
	const where = { sectionId: 's', isExample: false };
	return { kind: 'staff', accountId: 'me', roles, ...where, ...about };
}
const reach = (permission: Permission | null, ...roles: HeldRole[]) =>
	scopeOf(actor(...roles), permission)!;
/** What is seen of a centre's cohorts. */
const seen = (scope: Scope, centre: string) =>
	!reachesCentre(scope, centre) ? 'nothing' : isOwnCohortsOnly(scope, centre) ? 'own' : 'all';

describe('the reach of several roles', () => {
	it('is bounded to own cohorts where one is facilitator, and whole where one is coordinator', () => {
		const scope = reach('see cohorts', held('facilitator', 'a'), held('coordinator', 'b'));
		expect(CENTRES.map((centre) => seen(scope, centre))).toEqual(['own', 'all', 'nothing']);
	});

	it('is that of the roles which hold the permission: a coordinator elsewhere keeps no cohort here', () => {
		const scope = reach('keep cohorts', held('facilitator', 'a'), held('coordinator', 'b'));
		expect(CENTRES.map((centre) => seen(scope, centre))).toEqual(['nothing', 'all', 'nothing']);
		const day = reach('see sessions', held('facilitator', 'a'), held('focal_point'));
		expect(CENTRES.map((centre) => seen(day, centre))).toEqual(['own', 'nothing', 'nothing']);
	});

	it('is nothing without a permission, or with one that no role holds', () => {
		for (const scope of [
			reach(null, held('admin')),
			reach('see cohorts', held('admin')),
			reach('see today')
		]) {
			expect(CENTRES.map((centre) => seen(scope, centre))).toEqual([
				'nothing',
				'nothing',
				'nothing'
			]);
			expect(scope).toMatchObject({ totalsOnly: true, bodyIds: ['none'] });
		}
	});

	it('leaves totals out beside rows', () => {
		expect(reach('see targets', held('advisory_group'))).toMatchObject({
			...{ totalsOnly: true, centreIds: null }
		});
		expect(reach('see targets', held('advisory_group'), held('coordinator', 'b'))).toMatchObject({
			...{ totalsOnly: false, centreIds: ['b'] }
		});
	});

	it('has a partner’s body alone, and every body for whoever sees a roadmap otherwise', () => {
		const partner = { ...held('partner'), bodyId: 'parents' };
		expect(reach('see roadmaps', partner).bodyIds).toEqual(['parents']);
		expect(reach('see roadmaps', held('partner')).bodyIds).toEqual(['none']);
		expect(reach('see roadmaps', partner, held('manager')).bodyIds).toBe(null);
	});

	const role: fc.Arbitrary<HeldRole> = fc.record({
		role: fc.constantFrom(...ROLES.filter((one) => one !== 'advisory_group' && one !== 'partner')),
		centreIds: fc.option(fc.uniqueArray(fc.constantFrom(...CENTRES), { minLength: 1 })),
		bodyId: fc.constant(null)
	});
	const ORDER = ['nothing', 'own', 'all'];

	it('of rows is at each centre the widest of what each role alone reaches, whatever the roles', () => {
		const permissions = Object.keys(PERMISSIONS) as Permission[];
		const roles = fc.uniqueArray(role, { selector: (one) => one.role, maxLength: 4 });
		fc.assert(
			fc.property(roles, fc.constantFrom(...permissions), (roles, permission) => {
				const together = reach(permission, ...roles);
				for (const centre of CENTRES) {
					const alone = roles
						.filter((one) => holds(one.role, permission))
						.map((one) => ORDER.indexOf(seen(reach(permission, one), centre)));
					expect(seen(together, centre)).toBe(ORDER[Math.max(0, ...alone)]);
				}
			})
		);
	});
});

describe('who else acts', () => {
	it('as a job reaches what who began it does, or what was bounded before', () => {
		const job = { kind: 'job', job: 'import', sectionId: 's', accountId: 'me', roles: [] } as const;
		const bounded = scopeOf({ ...job, reach: [held('coordinator', 'b')] }, 'import lists')!;
		expect(bounded).toMatchObject({ accountId: 'me', centreIds: ['b'], wholeCentreIds: null });
		const whole = scopeOf({ ...job, reach: null }, 'import lists')!;
		expect(CENTRES.map((centre) => seen(whole, centre))).toEqual(['all', 'all', 'all']);
	});

	it('as a tablet reaches its centre, as a child no list of rows', () => {
		const tablet = { kind: 'device', deviceId: 't', sectionId: 's', centreId: 'a' } as const;
		expect(CENTRES.map((one) => seen(scopeOf(tablet, null)!, one))).toEqual([
			'all',
			'nothing',
			'nothing'
		]);
		const child = scopeOf({ kind: 'card', sectionId: 's' }, null)!;
		expect(CENTRES.map((one) => seen(child, one))).toEqual(['nothing', 'nothing', 'nothing']);
		expect(child.accountId).toBe('');
	});

	it('offers at a centre what the roles that reach it may do, and no more', () => {
		const both = actor(held('facilitator', 'a'), held('coordinator', 'b'));
		expect(permissionsAt(both, 'a')).toContain('enrol people');
		expect(permissionsAt(both, 'a')).not.toContain('keep cohorts');
		expect(permissionsAt(both, 'b')).toContain('keep cohorts');
		expect(permissionsAt(both, 'c')).toEqual([]);
	});

	it('as the network has no scope, and nobody of a section has the network’s', () => {
		const network = { ...actor(held('network')), sectionId: null };
		expect(scopeOf(network, 'see targets')).toBe(null);
		expect(networkScopeOf(network)).toMatchObject({ isExample: false });
		expect(networkScopeOf({ ...network, isExample: true })).toMatchObject({ isExample: true });
		expect(networkScopeOf(actor(held('network')))).toBe(null);
	});
});
