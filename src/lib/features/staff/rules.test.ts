import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	accessOf,
	accountState,
	EVERYWHERE,
	GIVEN_ROLES,
	isSameAccess,
	refusalOf,
	rolesFrom,
	type Access
} from './rules.ts';

it('gives every role of a section, and never the network', () => {
	expect(GIVEN_ROLES).not.toContain('network');
	expect(GIVEN_ROLES).toContain('admin');
});

it.each([
	[{ disabledAt: null, hasPassword: true, linkUntil: null }, 'active'],
	[{ disabledAt: null, hasPassword: true, linkUntil: 11 }, 'active'],
	[{ disabledAt: null, hasPassword: false, linkUntil: 11 }, 'invited'],
	[{ disabledAt: null, hasPassword: false, linkUntil: 10 }, 'invitation_over'],
	[{ disabledAt: null, hasPassword: false, linkUntil: null }, 'invitation_over'],
	[{ disabledAt: 5, hasPassword: false, linkUntil: 11 }, 'off'],
	[{ disabledAt: 5, hasPassword: true, linkUntil: null }, 'off']
])('%j stands at %s', (account, state) => {
	expect(accountState(account, 10)).toBe(state);
});

describe('a change to an account', () => {
	const admin = { id: 'a', isAdmin: true, state: 'active' } as const;
	const alone = { actorId: 'b', otherAdmins: 0 };
	const together = { actorId: 'b', otherAdmins: 1 };

	it('is never one to one’s own', () => {
		for (const change of ['access', 'off', 'on', 'link', 'code'] as const)
			expect(refusalOf(change, admin, { ...together, actorId: 'a' })).toBe('own_account');
	});

	it('never takes the last administrator who can log in', () => {
		expect(refusalOf('off', admin, alone)).toBe('last_admin');
		expect(refusalOf('off', admin, together)).toBe(null);
		expect(refusalOf('access', { ...admin, staysAdmin: false }, alone)).toBe('last_admin');
		expect(refusalOf('access', { ...admin, staysAdmin: true }, alone)).toBe(null);
		expect(refusalOf('off', { ...admin, state: 'invited' }, alone)).toBe(null);
		expect(refusalOf('off', { ...admin, isAdmin: false }, alone)).toBe(null);
	});

	it('is no link while switched off', () => {
		expect(refusalOf('link', { ...admin, state: 'off' }, together)).toBe('is_off');
		expect(refusalOf('link', admin, alone)).toBe(null);
	});
});

const places = fc.uniqueArray(fc.constantFrom('1', '2', '3', EVERYWHERE), { minLength: 1 });
const access: fc.Arbitrary<Access> = fc.record({
	roles: fc.uniqueArray(fc.constantFrom(...GIVEN_ROLES), { minLength: 1 }),
	centres_facilitator: places,
	centres_coordinator: places,
	body: fc.constantFrom('parents', 'schools')
});

describe('the roles of a form', () => {
	it('are held where it says, and the whole section by who works at no centre', () => {
		const given = {
			roles: ['manager' as const, 'partner' as const, 'facilitator' as const],
			...{ centres_facilitator: ['1', '1', '2'], centres_coordinator: ['3'], body: 'parents' }
		};
		expect(rolesFrom(given)).toEqual([
			{ role: 'facilitator', centreIds: ['1', '2'], bodyId: null },
			{ role: 'manager', centreIds: null, bodyId: null },
			{ role: 'partner', centreIds: null, bodyId: 'parents' }
		]);
		const everywhere = { ...given, centres_facilitator: ['1', EVERYWHERE] };
		expect(rolesFrom(everywhere)[0]!.centreIds).toBe(null);
	});

	it('fill a form that gives them again', () => {
		fc.assert(
			fc.property(access, (given) => {
				const roles = rolesFrom(given);
				const { centres_facilitator = [], centres_coordinator = [], ...rest } = accessOf(roles);
				const again = { centres_facilitator, centres_coordinator, ...rest } as Access;
				expect(isSameAccess(rolesFrom(again), roles)).toBe(true);
			})
		);
	});
});

describe('the same access', () => {
	it('has the same roles at the same places, in whichever order', () => {
		fc.assert(
			fc.property(access, access, (one, other) => {
				const roles = rolesFrom(one);
				const turned = roles.map((held) => ({
					...held,
					centreIds: held.centreIds && held.centreIds.toReversed()
				}));
				expect(isSameAccess(roles, turned.toReversed())).toBe(true);
				const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
				expect(isSameAccess(roles, rolesFrom(other))).toBe(same);
			})
		);
	});

	const sorted = (given: Access) =>
		rolesFrom(given).map((held) => [
			held.role,
			held.centreIds && held.centreIds.toSorted(),
			held.bodyId
		]);
});
