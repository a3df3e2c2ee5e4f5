import { describe, expect, it } from 'vitest';
import { homeOf, ownPath } from './home.ts';
import { decide } from './decide.ts';
import { ROLES } from './roles.ts';
import { POLICY } from '../../../policy.ts';

const here = new URL('https://halqa.example/login');

describe('the place to come back to', () => {
	it.each([
		['/today', '/today'],
		['/calendar?date=2026-05-04&lang=ar', '/calendar?date=2026-05-04'],
		['/cohorts/../today', '/today'],
		[null, '/'],
		['', '/'],
		['today', '/']
	])('%s leads to %s', (wanted, path) => expect(ownPath(here, wanted)).toBe(path));

	it.each([
		'https://elsewhere.example/',
		'//elsewhere.example/',
		'/\\elsewhere.example/',
		'\\\\elsewhere.example',
		'/.//elsewhere.example',
		'/today/..//elsewhere.example',
		'/%2e//elsewhere.example',
		'/\t/elsewhere.example',
		'/\n/elsewhere.example',
		' //elsewhere.example',
		'javascript:alert(1)',
		'http://halqa.example/',
		'//'
	])('never leads away: %j', (wanted) => {
		expect(new URL(ownPath(here, wanted), here).origin).toBe(here.origin);
	});
});

it.each(ROLES)('a %s starts on a page the role may read', (role) => {
	const own = { kind: 'staff', theme: 'auto', secondStep: 'free', isExample: false } as const;
	const roles = [{ role, centreIds: null, bodyId: null }];
	const actor = { ...{ accountId: 'a', sectionId: 's', name: '', locale: 'en', roles }, ...own };
	const asked = { method: 'GET', action: 'default', actor };
	expect(decide(POLICY, { ...asked, routeId: `/(staff)${homeOf(actor)}` })).toBe('allow');
});
