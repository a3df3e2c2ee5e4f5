import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountState, GIVEN_ROLES, isSameAccess, needsCentres, refusalOf } from './rules.ts';

it('gives every role of a section, and never the network', () => {
	expect(GIVEN_ROLES).not.toContain('network');
	expect(GIVEN_ROLES).toContain('admin');
	expect(GIVEN_ROLES.filter(needsCentres)).toEqual(['facilitator', 'coordinator']);
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
	const admin = { id: 'a', role: 'admin', state: 'active' } as const;
	const alone = { actorId: 'b', otherAdmins: 0 };
	const together = { actorId: 'b', otherAdmins: 1 };

	it('is never one to one’s own', () => {
		for (const change of ['access', 'off', 'on', 'link', 'code'] as const)
			expect(refusalOf(change, admin, { ...together, actorId: 'a' })).toBe('own_account');
	});

	it('never takes the last administrator who can log in', () => {
		expect(refusalOf('off', admin, alone)).toBe('last_admin');
		expect(refusalOf('off', admin, together)).toBe(null);
		expect(refusalOf('access', { ...admin, newRole: 'manager' }, alone)).toBe('last_admin');
		expect(refusalOf('access', { ...admin, newRole: 'admin' }, alone)).toBe(null);
		expect(refusalOf('off', { ...admin, state: 'invited' }, alone)).toBe(null);
		expect(refusalOf('off', { ...admin, role: 'manager' }, alone)).toBe(null);
	});

	it('is no link while switched off', () => {
		expect(refusalOf('link', { ...admin, state: 'off' }, together)).toBe('is_off');
		expect(refusalOf('link', admin, alone)).toBe(null);
	});
});

describe('the same access', () => {
	const centres = fc.uniqueArray(fc.constantFrom('1', '2', '3', '4'));
	const access = fc.record({ role: fc.constantFrom(...GIVEN_ROLES), centreIds: centres });
	const text = ({ role, centreIds }: { role: string; centreIds: string[] }) =>
		[role, ...centreIds.toSorted()].join();

	it('has the same role and the same centres, in whichever order', () => {
		fc.assert(
			fc.property(access, access, (one, other) => {
				expect(isSameAccess(one, { ...one, centreIds: one.centreIds.toReversed() })).toBe(true);
				expect(isSameAccess(one, other)).toBe(text(one) === text(other));
			})
		);
	});
});
