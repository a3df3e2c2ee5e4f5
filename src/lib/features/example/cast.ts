/**
 * Who and what the example organisation is made of, by name, for the login page and for tests.
 * Everybody here is invented. Server only: ids come from node:crypto.
 */
import type { HeldRole } from '../../platform/access/actor.ts';
import type { Role } from '../../platform/access/roles.ts';
import { exampleId } from './invent.ts';

export const PASSWORD = 'example-only-please';

/** The example's sections by country. */
export const SECTIONS = {
	lebanon: exampleId('section LB'),
	brazil: exampleId('section BR'),
	moldova: exampleId('section MD'),
	thailand: exampleId('section TH'),
	togo: exampleId('section TG')
} as const;

export interface CastMember {
	id: string;
	email: string;
	name: string;
	role: Role;
	/** null: belongs to no section. */
	sectionId: string | null;
	/** Numbers of the example centres the account works at; none for those who see a whole section. */
	centres: readonly number[];
	/** A second role, at other centres. */
	also?: { role: Role; centres: readonly number[] };
	/** The body a partner belongs to. */
	bodyId?: string;
	/** The project a project manager is held to. */
	projectId?: string;
	locale: 'en' | 'fr' | 'ar';
}

/** The roles of an account of the example. */
export function rolesOf({ role, centres, also, bodyId, projectId }: CastMember): HeldRole[] {
	const held = (role: Role, centres: readonly number[], bodyId: string | null) => ({
		...{ role, bodyId, ...(projectId !== undefined && { projectId }) },
		centreIds: centres.length > 0 ? centres.map((number) => centreId(number)) : null
	});
	return [
		held(role, centres, bodyId ?? null),
		...(also ? [held(also.role, also.centres, null)] : [])
	];
}

function member(
	login: string,
	name: string,
	role: Role,
	locale: CastMember['locale'],
	sectionId: string | null,
	centres: readonly number[] = []
): CastMember {
	const email = `${login}@example.org`;
	return { id: exampleId(`account ${login}`), email, name, role, sectionId, centres, locale };
}

const { lebanon, togo } = SECTIONS;

/** The accounts the login page offers in example mode. */
export const CAST = {
	facilitator: member('facilitator', 'Rana Example', 'facilitator', 'ar', lebanon, [1]),
	facilitator2: member('facilitator2', 'Karim Example', 'facilitator', 'ar', lebanon, [2]),
	coordinator: member('coordinator', 'Salma Example', 'coordinator', 'ar', lebanon, [1]),
	manager: member('manager', 'Nadim Example', 'manager', 'en', lebanon),
	managerTogo: member('manager-togo', 'Afi Exemple', 'manager', 'fr', togo),
	/** Two roles: facilitator at one centre, coordinator of another. */
	twoRoles: {
		...member('two-roles', 'Yara Example', 'facilitator', 'ar', lebanon, [3]),
		also: { role: 'coordinator', centres: [4] }
	},
	monitoring: member('monitoring', 'Omar Example', 'monitoring', 'en', lebanon),
	projectManager: member('project-manager', 'Leila Example', 'project_manager', 'en', lebanon),
	partner: {
		...member('partner', 'Samia Example', 'partner', 'ar', lebanon),
		bodyId: exampleId('partner parents')
	},
	focalPoint: member('focal-point', 'Maya Example', 'focal_point', 'ar', lebanon),
	advisoryGroup: member('advisory-group', 'Joseph Example', 'advisory_group', 'en', lebanon),
	admin: member('admin', 'Hiba Example', 'admin', 'en', lebanon),
	network: member('network', 'Claire Example', 'network', 'en', null)
} as const satisfies Record<string, CastMember>;

/** More facilitators of the example, so that every session has two adults: same password. */
export const FURTHER_FACILITATORS: readonly CastMember[] = [
	further('facilitator-01b', 1, 'ليلى مثال'),
	further('facilitator-01c', 1, 'Tarek Example'),
	further('facilitator-01d', 1, 'ريما مثال'),
	further('facilitator-02b', 2, 'سناء مثال'),
	...pairOf(3, 'هادي مثال', 'Rita Example'),
	...pairOf(4, 'زينب مثال', 'علي مثال'),
	...pairOf(5, 'فاطمة مثال', 'Hassan Example'),
	...pairOf(6, 'مريم مثال', 'خالد مثال'),
	...pairOf(7, 'Georges Example', 'ندى مثال'),
	...pairOf(8, 'سمر مثال', 'Elias Example'),
	...pairOf(9, 'رامي مثال', 'Dima Example'),
	...pairOf(10, 'عبير مثال', 'بلال مثال'),
	...pairOf(11, 'Nour Example', 'وسيم مثال'),
	...pairOf(12, 'Carla Example', 'غسان مثال'),
	...pairOf(13, 'جنى مثال', 'Antoine Example'),
	...pairOf(14, 'Mireille Example', 'فادي مثال'),
	...pairOf(15, 'لينا مثال', 'Sami Example'),
	...pairOf(16, 'منى مثال', 'يوسف مثال'),
	...pairOf(17, 'Amal Example', 'حسين مثال'),
	...pairOf(18, 'رولا مثال', 'Jad Example')
];

/** A second focal point, so that a child's wish is promised an answer whoever ran the session: same password. */
export const FURTHER_FOCAL_POINT = member(
	'focal-point-b',
	'Samir Example',
	'focal_point',
	'ar',
	lebanon
);

/** A project manager held to one project: steers its milestones and no others. Same password. */
export const PROJECT_MANAGER_OF_ONE: CastMember = {
	...member('project-manager-togo', 'Komla Exemple', 'project_manager', 'fr', togo),
	projectId: exampleId('project The Now and the Future')
};

function further(login: string, centre: number, name: string): CastMember {
	return member(login, name, 'facilitator', 'ar', lebanon, [centre]);
}

function pairOf(centre: number, first: string, second: string): [CastMember, CastMember] {
	const login = `facilitator-${twoDigits(centre)}`;
	return [further(login, centre, first), further(`${login}b`, centre, second)];
}

/** All accounts of the example. */
export const ACCOUNTS: readonly CastMember[] = [
	...Object.values(CAST),
	...FURTHER_FACILITATORS,
	FURTHER_FOCAL_POINT,
	PROJECT_MANAGER_OF_ONE
];

/** The facilitators of an example centre; the first is the one the contract names, where it names one. */
export function facilitatorsAt(centre: number): CastMember[] {
	return ACCOUNTS.filter(
		({ role, centres, also }) => role === 'facilitator' && !also && centres.includes(centre)
	);
}

export const CENTRE_COUNT = 18;

/** The id of example centre 1 … 18. */
export function centreId(number: number): string {
	return exampleId(`centre ${twoDigits(number)}`);
}

/** The id of room 1 or 2 of an example centre. */
export function roomId(centre: number, number: 1 | 2): string {
	return exampleId(`room ${twoDigits(centre)} ${number}`);
}

/** The cohorts of centre 01 and centre 02 by name. */
export const COHORTS = {
	/** Centre 01: free places, no cycle yet, ready to be planned. */
	butterflies: exampleId('cohort 01 Butterflies'),
	/** Centre 01: full, meets today at 10:00. */
	cedars: exampleId('cohort 01 Cedars'),
	/** Centre 01: meets today at 15:00. */
	swallows: exampleId('cohort 01 Swallows'),
	/** Centre 01: the youngest, with two older ones who help, meet today at 08:00; not Rana's. Their feedback code is open all day. */
	littleStars: exampleId('cohort 01 Little stars'),
	/** Centre 01: closed, its cycle is over; not Rana's. */
	oliveGrove: exampleId('cohort 01 Olive grove'),
	/** Centre 02: its cycle is over. */
	almondBlossoms: exampleId('cohort 02 Almond blossoms'),
	/** Centre 02: runs, with three children of Cedars. */
	rivers: exampleId('cohort 02 Rivers'),
	/** Centre 02: mothers and daughters, runs. */
	jasmine: exampleId('cohort 02 Jasmine')
} as const;

/** The code children of the example answer under today. */
export const OPEN_CODE = '24681357';

/** Children who stand for a case. */
export const PEOPLE = {
	/** Members of Cedars at centre 01 and of Rivers at centre 02, seen at both. */
	atTwoCentres: [1, 2, 3].map((n) => exampleId(`person at two centres ${n}`)),
	/** A girl in Butterflies and in Cedars. */
	inTwoCohorts: exampleId('person in two cohorts')
} as const;

/** Version 1 of each curriculum, published. */
export const VERSIONS = {
	incredibleMe: exampleId('curriculum version Incredible Me 1'),
	mothersAndDaughters: exampleId('curriculum version Mothers and daughters 1')
} as const;

export const TARGETS = {
	/** 28,000 people since 2020, with the opening balance. */
	strategy: exampleId('target strategy'),
	/** The calendar quarter before today's. */
	lastQuarter: exampleId('target last quarter'),
	/** Of the grant: counts its cycles' sessions alone. */
	grant: exampleId('target grant'),
	togo: exampleId('target Togo')
} as const;

/** `nowAndFuture` is kept by Togo and spans four sections; `grant` is Lebanon's own. */
export const PROJECTS = {
	nowAndFuture: exampleId('project The Now and the Future'),
	grant: exampleId('project grant')
} as const;

export const INDICATORS = {
	lebanon: exampleId('indicator reached'),
	togo: exampleId('indicator reached Togo')
} as const;

/** Of a child whose family took their consent back. */
export const RECEIPT = exampleId('erasure receipt');

export const ROADMAPS = {
	lebanon: exampleId('roadmap LB'),
	brazil: exampleId('roadmap BR'),
	moldova: exampleId('roadmap MD'),
	thailand: exampleId('roadmap TH'),
	togo: exampleId('roadmap TG')
} as const;

/** Milestones of Lebanon's roadmap by what they stand for. */
export const MILESTONES = {
	/** Six cycles that are over; closed. */
	firstRound: exampleId('milestone first round'),
	/** Cedars and Swallows: at risk, a register of each is missing. */
	akkar: exampleId('milestone Akkar'),
	/** Four cycles that run: on time. */
	baalbekToNorth: exampleId('milestone Baalbek to the North'),
	/** Begun without a linked cycle: waits for Butterflies. */
	newGroups: exampleId('milestone new groups'),
	/** A checkpoint that is closed. */
	guide: exampleId('milestone guide'),
	/** Olive grove: every session held, not closed yet. */
	pilot: exampleId('milestone pilot'),
	/** A checkpoint more than a month overdue. */
	eveningHours: exampleId('milestone evening hours'),
	/** Jasmine and three others: on time. */
	mothers: exampleId('milestone mothers'),
	/** A checkpoint six days overdue: at risk. */
	code: exampleId('milestone code'),
	/** A checkpoint from the children, on time. */
	quietCorner: exampleId('milestone quiet corner'),
	/** A checkpoint from the children that has not begun. */
	review: exampleId('milestone review')
} as const;

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}
