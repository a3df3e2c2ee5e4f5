import { describe, expect, it } from 'vitest';
import { actorOf, readMatrix, type Cell } from '#tests/access/matrix.ts';
import { POLICY } from '../../../policy.ts';
import { actionOf, decide, type Decision, type Policy } from './decide.ts';
import {
	needsSecondStep,
	PERMISSIONS,
	ROLES,
	type Grants,
	type Permission,
	type Role
} from './roles.ts';

const { visitors, rows } = readMatrix();
const CELLS: Partial<Record<Decision, Cell>> = {
	allow: 'allow',
	'log in': 'login',
	forbidden: '403',
	unlisted: '404'
};
const policy: Policy = POLICY;

/** Every cell in which the table and the decisions of a policy differ, in words. */
function differences(policy: Policy, grants: Grants = PERMISSIONS): string[] {
	return rows.flatMap(({ routeId, action, cells }) =>
		[...cells].flatMap(([visitor, cell]) =>
			(action === null ? ['GET', 'HEAD'] : ['POST']).flatMap((method) => {
				const actor = actorOf(visitor);
				const question = { routeId, method, action: action ?? 'default', actor };
				const decision = decide(policy, question, grants);
				if (CELLS[decision] === cell) return [];
				return [`${method} ${routeId} ${action ?? ''} as ${visitor}: ${decision}, not ${cell}`];
			})
		)
	);
}

describe('the access matrix', () => {
	it('is what the policy decides, in every cell', () => {
		expect(rows.length * visitors.length).toBeGreaterThan(300);
		expect(differences(policy)).toEqual([]);
	});

	it('names every route and every action of the policy, and no other', () => {
		const named = Object.entries(policy).flatMap(([routeId, entry]) => [
			`read ${routeId}`,
			...(entry === 'folder' ? [] : Object.keys(entry.actions)).map((a) => `send ${routeId} ${a}`)
		]);
		const written = rows.map(({ routeId, action }) =>
			action === null ? `read ${routeId}` : `send ${routeId} ${action}`
		);
		expect(written.sort()).toEqual(named.sort());
	});

	it('has each role of the house in a column', () => {
		const roles = new Set(
			visitors.flatMap((visitor) => actorOf(visitor)?.roles.map(({ role }) => role) ?? [])
		);
		expect(ROLES.filter((role) => !roles.has(role))).toEqual([]);
	});
});

describe('a slip in the policy shows in the matrix', () => {
	const routes = Object.entries(policy).flatMap(([routeId, entry]) =>
		entry === 'folder' ? [] : [{ routeId, entry }]
	);

	it.each(routes)('when $routeId is left out', ({ routeId }) => {
		const { [routeId]: _, ...shorter } = policy;
		expect(differences(shorter)).not.toEqual([]);
	});

	it.each(
		routes.flatMap(({ routeId, entry }) =>
			Object.keys(entry.actions).map((action) => ({ routeId, entry, action }))
		)
	)('when the action $action of $routeId is left out', ({ routeId, entry, action }) => {
		const { [action]: _, ...actions } = entry.actions;
		expect(differences({ ...policy, [routeId]: { ...entry, actions } })).not.toEqual([]);
	});

	it.each(routes.filter(({ entry }) => entry.read !== 'anyone'))(
		'when $routeId is opened to anyone',
		({ routeId, entry }) => {
			const open = { ...entry, read: 'anyone' as const };
			expect(differences({ ...policy, [routeId]: open })).not.toEqual([]);
		}
	);

	/** The others stand at no door: `what a role reaches` has them. */
	const gates = new Set(
		routes.flatMap(({ entry }) => [entry.read, ...Object.values(entry.actions)])
	);
	const permissions = (Object.keys(PERMISSIONS) as Permission[]).filter((one) => gates.has(one));
	const pairs = permissions.flatMap((permission) =>
		ROLES.map((role) => ({
			permission,
			role,
			holders: PERMISSIONS[permission] as readonly string[]
		}))
	);

	it.each(pairs.filter(({ holders, role }) => holders.includes(role)))(
		'when "$permission" is taken from $role',
		({ permission, role, holders }) => {
			const fewer = holders.filter((holder) => holder !== role) as Role[];
			expect(differences(policy, { ...PERMISSIONS, [permission]: fewer })).not.toEqual([]);
		}
	);

	/** Given a permission for an action alone, one still does not get past the page. */
	const opensPages = new Set(routes.map(({ entry }) => entry.read));
	it.each(
		pairs.filter(
			({ permission, holders, role }) => !holders.includes(role) && opensPages.has(permission)
		)
	)('when "$permission" is given to $role', ({ permission, role, holders }) => {
		const more = [...holders, role] as Role[];
		expect(differences(policy, { ...PERMISSIONS, [permission]: more })).not.toEqual([]);
	});
});

describe('who owes a code', () => {
	const actor = { ...actorOf('admin')!, secondStep: 'owed' as const };

	it('reaches what is open to anyone, the page that sets it up, and nothing else', () => {
		const reached = rows.filter(({ routeId, action }) => {
			const asked = { method: action === null ? 'GET' : 'POST', action: action ?? 'default' };
			return decide(policy, { routeId, actor, ...asked }) === 'allow';
		});
		const wanted = rows.filter(
			({ routeId, cells }) => cells.get('anonymous') === 'allow' || routeId === '/login/phone'
		);
		expect(reached).toEqual(wanted);
		const today = { routeId: '/(staff)/settings', method: 'GET', action: 'default', actor };
		expect(decide(policy, today)).toBe('set up a code');
	});

	it('is who answers children, administers, or may carry numbers away', () => {
		expect(ROLES.filter((role) => needsSecondStep({ roles: [{ role }] }))).toEqual([
			'coordinator',
			'manager',
			'focal_point',
			'monitoring',
			'admin'
		]);
		const grants = { ...PERMISSIONS, 'export tables': ['facilitator' as const] };
		expect(needsSecondStep({ roles: [{ role: 'facilitator' }] }, grants)).toBe(true);
		const both = [{ role: 'facilitator' as const }, { role: 'focal_point' as const }];
		expect(needsSecondStep({ roles: both })).toBe(true);
	});
});

describe('what nobody has named', () => {
	const actor = actorOf('admin');

	it.each([null, '/(staff)', '/nothing', 'toString', '__proto__'])(
		'is not let through: route %s',
		(routeId) => {
			const asked = { routeId, method: 'GET', action: 'default', actor };
			expect(decide(policy, asked)).toBe(routeId === null ? 'no route' : 'unlisted');
		}
	);

	it.each(['default', 'remove', 'constructor', '__proto__', ''])(
		'is not let through: action "%s"',
		(action) => {
			const asked = { routeId: '/(staff)/settings', method: 'POST', action, actor };
			expect(decide(policy, asked)).toBe('method');
		}
	);

	it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get'])(
		'is not let through: method %s',
		(method) => {
			for (const { routeId } of rows.filter((row) => !row.cells.values().some((c) => c === '404')))
				expect(decide(policy, { routeId, method, action: 'default', actor })).toBe('method');
		}
	);
});

it('reads the action as SvelteKit does: the first key that begins with a slash', () => {
	const action = (query: string) => actionOf(new URL(`http://halqa.example/x${query}`));
	expect(action('')).toBe('default');
	expect(action('?/save')).toBe('save');
	expect(action('?next=/today&/save&/remove')).toBe('save');
	expect(action('?%2Fsave=1')).toBe('save');
	expect(action('?/default')).not.toBe('default'); // SvelteKit throws where it is named
});
