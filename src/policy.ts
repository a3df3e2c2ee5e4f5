import type { RouteId } from '$app/types';
import type { Policy, RoutePolicy } from '#lib/platform/access/decide.ts';

/**
 * Who may do what, in one place. `hooks.server.ts` asks it before anything else runs; a route or action
 * that is not here does not type-check, does not pass the tests, and is refused at run time.
 */
export const POLICY = {
	'/': page('logged in'),
	'/(staff)': 'folder',
	'/(staff)/calendar': page('see calendar'),
	'/(staff)/cohorts': page('see cohorts'),
	'/(staff)/cohorts/[id]': page('see cohorts', { enrol: 'enrol people' }),
	'/(staff)/cohorts/plan': page('plan cycles', { confirm: 'plan cycles' }),
	'/(staff)/curricula': page('see curricula'),
	'/(staff)/safeguarding': page('see safeguarding help'),
	'/(staff)/sessions': 'folder',
	'/(staff)/sessions/[id]': page('see sessions', { record: 'take registers' }),
	'/(staff)/settings': page('change own settings', {
		save: 'change own settings',
		language: 'change own settings'
	}),
	'/(staff)/settings/closed-days': page('edit closed days', {
		add: 'edit closed days',
		confirm: 'edit closed days',
		remove: 'edit closed days'
	}),
	'/(staff)/targets': page('see targets'),
	'/(staff)/today': page('see today'),
	'/healthz': { read: 'anyone', actions: {}, rate: 'probe' },
	'/login': { read: 'anyone', actions: { login: 'anyone', example: 'anyone' }, rate: 'login' },
	'/logout': page('anyone', { default: 'anyone' }),
	'/readyz': { read: 'anyone', actions: {}, rate: 'probe' }
} as const satisfies Record<RouteId, RoutePolicy | 'folder'> & Policy;

function page(read: RoutePolicy['read'], actions: RoutePolicy['actions'] = {}): RoutePolicy {
	return { read, actions, rate: 'read' };
}
