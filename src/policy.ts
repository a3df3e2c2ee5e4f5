import type { RouteId } from '$app/types';
import type { Policy, RoutePolicy } from '#lib/platform/access/decide.ts';

/**
 * Who may do what, in one place. `hooks.server.ts` asks it before anything else runs; a route or action
 * that is not here does not type-check, does not pass the tests, and is refused at run time.
 */
export const POLICY = {
	'/': page('logged in'),
	'/(child)': 'folder',
	'/(child)/asked': 'folder',
	'/(child)/asked/[id]': page('see questions', {
		choose: 'see questions',
		answer: 'see questions',
		back: 'see questions',
		send: 'see questions',
		withdraw: 'see questions',
		stop: 'see questions',
		help: 'see questions',
		goOn: 'see questions',
		another: 'see questions'
	}),
	'/(child)/asked/[id]/paper': page('see questions'),
	'/(child)/s': child({ leave: 'anyone' }),
	'/(child)/s/[code]': child({
		choose: 'anyone',
		answer: 'anyone',
		back: 'anyone',
		send: 'anyone',
		withdraw: 'anyone',
		stop: 'anyone',
		help: 'anyone',
		goOn: 'anyone',
		resume: 'anyone',
		another: 'anyone'
	}),
	'/(child)/s/[code]/help': { ...child({ ask: 'anyone' }), isShownOverLimit: true },
	'/(staff)': 'folder',
	'/(staff)/calendar': page('see calendar'),
	'/(staff)/calendar/changes': page('change plans'),
	'/(staff)/calendar/changes/[id]': page('change plans', { told: 'change plans' }),
	'/(staff)/calendar/closing': page('close centres', { close: 'close centres' }),
	'/(staff)/calendar/day': page('see calendar'),
	'/(staff)/cohorts': page('see cohorts'),
	'/(staff)/cohorts/[id]': page('see cohorts', {
		enrol: 'enrol people',
		find: 'enrol people',
		enrolKnown: 'enrol people'
	}),
	'/(staff)/cohorts/[id]/consent': page('record consent', { record: 'record consent' }),
	'/(staff)/cohorts/[id]/edit': page('keep cohorts', { save: 'keep cohorts' }),
	'/(staff)/cohorts/[id]/members': 'folder',
	'/(staff)/cohorts/[id]/members/[person]': page('enrol people', {
		leave: 'enrol people',
		change: 'enrol people'
	}),
	'/(staff)/cohorts/[id]/print': page('take registers'),
	'/(staff)/cohorts/[id]/waiting': page('enrol people', {
		wait: 'enrol people',
		waitNew: 'enrol people',
		find: 'enrol people',
		takeIn: 'enrol people',
		takeOff: 'enrol people'
	}),
	'/(staff)/cohorts/new': page('keep cohorts', { add: 'keep cohorts' }),
	'/(staff)/cohorts/plan': page('plan cycles', { confirm: 'plan cycles' }),
	'/(staff)/consent': 'folder',
	'/(staff)/consent/sheet': page('print consent sheets'),
	'/(staff)/curricula': page('see curricula'),
	'/(staff)/curricula/[id]': page('edit curricula', {
		save: 'edit curricula',
		draft: 'edit curricula',
		retire: 'edit curricula',
		bringBack: 'edit curricula'
	}),
	'/(staff)/curricula/new': page('edit curricula', { add: 'edit curricula' }),
	'/(staff)/curricula/paste': page('edit curricula', {
		preview: 'edit curricula',
		add: 'edit curricula'
	}),
	'/(staff)/curricula/plans': 'folder',
	'/(staff)/curricula/plans/[id]': page('see curricula', {
		save: 'edit curricula',
		addActivity: 'edit curricula',
		editActivity: 'edit curricula',
		moveActivity: 'edit curricula',
		removeActivity: 'edit curricula'
	}),
	'/(staff)/curricula/plans/[id]/picture': page('see curricula'),
	'/(staff)/curricula/plans/[id]/upload': page('edit curricula', {
		add: 'edit curricula',
		remove: 'edit curricula'
	}),
	'/(staff)/curricula/versions': 'folder',
	'/(staff)/curricula/versions/[id]': page('see curricula', {
		addModule: 'edit curricula',
		editModule: 'edit curricula',
		removeModule: 'edit curricula',
		addPlan: 'edit curricula',
		removePlan: 'edit curricula',
		move: 'edit curricula',
		rule: 'edit curricula',
		publish: 'edit curricula',
		goOn: 'plan cycles'
	}),
	'/(staff)/curricula/versions/[id]/booklet': page('see curricula'),
	'/(staff)/curricula/versions/[id]/compare': page('see curricula'),
	'/(staff)/erasures': page('erase people'),
	'/(staff)/erasures/[id]': page('erase people'),
	'/(staff)/exports': {
		read: 'export tables',
		actions: { take: 'export tables' },
		rate: 'export'
	},
	'/(staff)/exports/activityinfo': page('export tables', {
		publish: 'report outside',
		save: 'report outside'
	}),
	'/(staff)/exports/file': page('export tables'),
	'/(staff)/handover': page('hand the phone over', {
		choose: 'hand the phone over',
		keep: 'hand the phone over'
	}),
	'/(staff)/handover/on': page('logged in'),
	'/(staff)/imports': page('import lists', { take: 'import lists' }),
	'/(staff)/imports/[id]': page('import lists', {
		check: 'import lists',
		choose: 'import lists',
		decide: 'import lists',
		run: 'import lists',
		stop: 'import lists',
		undo: 'import lists',
		drop: 'import lists'
	}),
	'/(staff)/imports/[id]/rows': page('import lists'),
	'/(staff)/imports/[id]/rows/file': page('import lists'),
	'/(staff)/people': page('see people', { find: 'see people' }),
	'/(staff)/people/[id]': page('see people', {
		edit: 'edit people',
		addGuardian: 'edit people',
		editGuardian: 'edit people',
		removeGuardian: 'edit people',
		careFor: 'edit people',
		endCare: 'edit people',
		move: 'keep people',
		takeApart: 'merge people'
	}),
	'/(staff)/people/[id]/consent': page('see people', {
		record: 'record consent',
		withdraw: 'record consent',
		alone: 'record consent'
	}),
	'/(staff)/people/[id]/erase': page('erase people', {
		ask: 'erase people',
		confirm: 'erase people',
		drop: 'erase people'
	}),
	'/(staff)/people/[id]/report': page('erase people'),
	'/(staff)/people/duplicates': page('merge people', {
		merge: 'merge people',
		different: 'merge people'
	}),
	'/(staff)/people/new': page('keep people', { add: 'keep people' }),
	'/(staff)/projects': page('see projects'),
	'/(staff)/projects/[id]': page('see projects', {
		addCycle: 'keep projects',
		removeCycle: 'keep projects',
		addRoadmap: 'keep projects',
		show: 'keep projects',
		end: 'keep projects',
		goOn: 'keep projects'
	}),
	'/(staff)/projects/[id]/edit': page('keep projects', { save: 'keep projects' }),
	'/(staff)/projects/new': page('keep projects', { make: 'keep projects' }),
	'/(staff)/published': page('see published'),
	'/(staff)/published/file': page('see published'),
	'/(staff)/reading': page('read words'),
	'/(staff)/reading/[id]': page('read words', {
		clear: 'read words',
		handOver: 'read words',
		destroy: 'read words'
	}),
	'/(staff)/roadmaps': page('see roadmaps'),
	'/(staff)/roadmaps/[id]': page('see roadmaps'),
	'/(staff)/roadmaps/[id]/edit': page('steer roadmaps', {
		save: 'steer roadmaps',
		remove: 'steer roadmaps',
		addOutcome: 'steer roadmaps',
		saveOutcome: 'steer roadmaps',
		moveOutcome: 'steer roadmaps',
		removeOutcome: 'steer roadmaps',
		addMilestone: 'steer roadmaps',
		dates: 'steer roadmaps',
		addBody: 'steer roadmaps'
	}),
	'/(staff)/roadmaps/[id]/paste': page('steer roadmaps', {
		preview: 'steer roadmaps',
		paste: 'steer roadmaps'
	}),
	'/(staff)/roadmaps/evidence': 'folder',
	'/(staff)/roadmaps/evidence/[id]': page('see roadmaps'),
	'/(staff)/roadmaps/milestones': 'folder',
	'/(staff)/roadmaps/milestones/[id]': page('see roadmaps', {
		link: 'steer milestones',
		unlink: 'steer milestones',
		close: 'steer milestones',
		reopen: 'steer milestones',
		overrule: 'steer milestones',
		endOverrule: 'steer milestones',
		addEvidence: 'steer milestones',
		removeEvidence: 'steer milestones'
	}),
	'/(staff)/roadmaps/milestones/[id]/edit': page('steer milestones', {
		save: 'steer milestones',
		remove: 'steer roadmaps',
		addActivity: 'steer milestones',
		saveActivity: 'steer milestones',
		removeActivity: 'steer milestones'
	}),
	'/(staff)/roadmaps/milestones/[id]/upload': page('steer roadmaps', { add: 'steer roadmaps' }),
	'/(staff)/roadmaps/new': page('make roadmaps', { make: 'make roadmaps' }),
	'/(staff)/roadmaps/own': page('keep own items', {
		status: 'keep own items',
		suggest: 'keep own items'
	}),
	'/(staff)/roadmaps/suggestions': page('steer roadmaps', {
		accept: 'steer roadmaps',
		decline: 'steer roadmaps'
	}),
	'/(staff)/roadmaps/unplanned': page('steer roadmaps', {
		link: 'steer roadmaps',
		say: 'steer roadmaps'
	}),
	'/(staff)/safeguarding': page('see safeguarding help', { raise: 'raise concerns' }),
	'/(staff)/safeguarding/directory': page('keep help directory', {
		add: 'keep help directory',
		tried: 'keep help directory'
	}),
	'/(staff)/safeguarding/directory/[id]': page('keep help directory', {
		save: 'keep help directory',
		remove: 'keep help directory'
	}),
	'/(staff)/search': page('logged in', { default: 'logged in' }),
	'/(staff)/sessions': 'folder',
	'/(staff)/sessions/[id]': page('see sessions', {
		record: 'take registers',
		openFeedback: 'open feedback',
		openFresh: 'open feedback',
		closeFeedback: 'open feedback'
	}),
	'/(staff)/sessions/[id]/change': page('change plans', {
		move: 'change plans',
		cancel: 'change plans'
	}),
	'/(staff)/sessions/[id]/code': page('open feedback'),
	'/(staff)/sessions/[id]/substitute': page('name substitutes', {
		name: 'name substitutes',
		back: 'name substitutes'
	}),
	'/(staff)/settings': page('change own settings', {
		save: 'change own settings',
		language: 'change own settings',
		password: 'change own settings',
		codeOffer: 'change own settings',
		codeOn: 'change own settings',
		codeOff: 'change own settings'
	}),
	'/(staff)/settings/accounts': page('manage accounts', { invite: 'manage accounts' }),
	'/(staff)/settings/accounts/[id]': page('manage accounts', {
		details: 'manage accounts',
		save: 'manage accounts',
		link: 'manage accounts',
		off: 'manage accounts',
		on: 'manage accounts',
		dropCode: 'manage accounts'
	}),
	'/(staff)/settings/alerts': page('test alerts', {
		test: 'test alerts',
		nameAccount: 'name responders',
		nameContact: 'name responders',
		remove: 'name responders'
	}),
	'/(staff)/settings/alerts/[id]': page('test alerts', { confirm: 'test alerts' }),
	'/(staff)/settings/asked': page('see questions', { draft: 'edit questions' }),
	'/(staff)/settings/asked/[id]': page('see questions', {
		places: 'edit questions',
		publish: 'edit questions',
		drop: 'edit questions'
	}),
	'/(staff)/settings/asked/[id]/question': page('edit questions', {
		save: 'edit questions',
		remove: 'edit questions'
	}),
	'/(staff)/settings/centres': page('edit centres', {
		add: 'edit centres',
		preview: 'edit centres',
		paste: 'edit centres'
	}),
	'/(staff)/settings/centres/[id]': page('edit centres', {
		save: 'edit centres',
		addRoom: 'edit centres',
		editRoom: 'edit centres',
		removeRoom: 'edit centres'
	}),
	'/(staff)/settings/closed-days': page('edit closed days', {
		add: 'edit closed days',
		confirm: 'edit closed days',
		holidays: 'edit closed days',
		remove: 'edit closed days'
	}),
	'/(staff)/settings/consent': page('keep consent', { save: 'keep consent' }),
	'/(staff)/settings/consent/text': page('keep consent', { publish: 'keep consent' }),
	'/(staff)/settings/organisation': page('run the organisation', {
		save: 'run the organisation',
		leave: 'run the organisation'
	}),
	'/(staff)/settings/readers': page('name readers', {
		name: 'name readers',
		remove: 'name readers'
	}),
	'/(staff)/settings/retention': page('run the organisation', {
		save: 'run the organisation'
	}),
	'/(staff)/settings/words': page("check children's words", {
		correct: "check children's words",
		restore: "check children's words",
		check: "check children's words"
	}),
	'/(staff)/targets': page('see targets'),
	'/(staff)/targets/[id]': page('set targets', {
		change: 'set targets',
		confirm: 'set targets',
		drop: 'set targets',
		describe: 'set targets',
		parts: 'set targets',
		preview: 'set targets',
		paste: 'set targets',
		addGroup: 'set targets',
		removeGroup: 'set targets'
	}),
	'/(staff)/targets/indicators': page('set targets', {
		add: 'set targets',
		starters: 'set targets'
	}),
	'/(staff)/targets/indicators/[id]': page('set targets', { save: 'set targets' }),
	'/(staff)/targets/new': page('set targets', { add: 'set targets' }),
	'/(staff)/today': page('see today', {
		seeNotice: 'change plans',
		takeConcern: 'answer concerns',
		standIn: 'answer concerns',
		closeConcern: 'answer concerns',
		missConcern: 'answer concerns',
		handOverConcern: 'answer concerns'
	}),
	'/(staff)/undo': page('logged in', { default: 'logged in' }),
	'/(staff)/voices': page('see voices'),
	'/(staff)/voices/[id]': page('see voices', { vouch: 'vouch for answers' }),
	'/(staff)/voices/adults.csv': page('see voices'),
	'/(staff)/voices/paper': page('type paper forms in'),
	'/(staff)/voices/paper/[id]': page('type paper forms in', {
		open: 'type paper forms in',
		enter: 'type paper forms in',
		close: 'type paper forms in'
	}),
	'/(staff)/voices/results.csv': page('see voices'),
	'/healthz': { read: 'anyone', actions: {}, rate: 'probe' },
	'/join': 'folder',
	'/join/[token]': { read: 'anyone', actions: { default: 'anyone' }, rate: 'login' },
	'/login': {
		read: 'anyone',
		actions: { login: 'anyone', receive: 'anyone', example: 'anyone' },
		rate: 'login'
	},
	'/login/code': { read: 'anyone', actions: { default: 'anyone' }, rate: 'login' },
	'/login/phone': page('owes a code', { codeOn: 'owes a code' }),
	'/logout': page('anyone', { default: 'anyone' }),
	'/readyz': { read: 'anyone', actions: {}, rate: 'probe' },
	'/setup': { read: 'anyone', actions: { open: 'anyone' }, rate: 'login' },
	'/setup/[token]': {
		read: 'anyone',
		actions: { country: 'anyone', create: 'anyone' },
		rate: 'login'
	}
} as const satisfies Record<RouteId, RoutePolicy | 'folder'> & Policy;

function page(read: RoutePolicy['read'], actions: RoutePolicy['actions'] = {}): RoutePolicy {
	return { read, actions, rate: 'read' };
}

/** What children reach without a login: counted as one class, since a centre's tablets share an address. */
function child(actions: RoutePolicy['actions'] = {}): RoutePolicy {
	return { read: 'anyone', actions, rate: 'child' };
}
