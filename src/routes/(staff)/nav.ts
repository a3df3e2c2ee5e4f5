import BookCheck from '@lucide/svelte/icons/book-check';
import BookOpen from '@lucide/svelte/icons/book-open';
import Building2 from '@lucide/svelte/icons/building-2';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarOff from '@lucide/svelte/icons/calendar-off';
import Contact from '@lucide/svelte/icons/contact-round';
import Compass from '@lucide/svelte/icons/compass';
import FolderKanban from '@lucide/svelte/icons/folder-kanban';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import Handshake from '@lucide/svelte/icons/handshake';
import MailOpen from '@lucide/svelte/icons/mail-open';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Route from '@lucide/svelte/icons/route';
import Settings from '@lucide/svelte/icons/settings';
import Sheet from '@lucide/svelte/icons/sheet';
import Sun from '@lucide/svelte/icons/sun';
import Target from '@lucide/svelte/icons/target';
import UserCog from '@lucide/svelte/icons/user-cog';
import Users from '@lucide/svelte/icons/users';
import { m } from '#lib/paraglide/messages.js';
import type { Permission } from '#lib/platform/access/roles.ts';
import type { Icon, ShellLink, ShellRoom } from '#lib/ui/shell/types.ts';

interface Place {
	href: string;
	label: () => string;
	needs: Permission;
}
interface Room extends Place {
	icon: Icon;
}
interface Area {
	label: () => string;
	icon: Icon;
	rooms: readonly Room[];
}

/** What a thumb can reach along the bottom of a phone. */
const MOST_IN_BAR = 5;

/** What people do, in the order of a day's work; a new capability is a room of one of these. */
const AREAS: readonly Area[] = [
	{
		label: m.nav_today,
		icon: Sun,
		rooms: [{ href: '/today', label: m.nav_today, icon: Sun, needs: 'see today' }]
	},
	{
		label: m.nav_plan,
		icon: CalendarDays,
		rooms: [
			{ href: '/calendar', label: m.nav_calendar, icon: CalendarDays, needs: 'see calendar' },
			{ href: '/cohorts', label: m.nav_cohorts, icon: Users, needs: 'see cohorts' },
			{ href: '/curricula', label: m.nav_curricula, icon: BookOpen, needs: 'see curricula' },
			{
				href: '/settings/closed-days',
				label: m.nav_closed_days,
				icon: CalendarOff,
				needs: 'edit closed days'
			}
		]
	},
	{
		label: m.nav_people,
		icon: Contact,
		rooms: [
			{ href: '/people', label: m.nav_people, icon: Contact, needs: 'see people' },
			{ href: '/imports', label: m.nav_imports, icon: Sheet, needs: 'import lists' },
			{ href: '/settings/consent', label: m.nav_consent, icon: Handshake, needs: 'keep consent' }
		]
	},
	{
		label: m.nav_voices,
		icon: MessagesSquare,
		rooms: [
			{ href: '/voices', label: m.nav_voices, icon: MessagesSquare, needs: 'see voices' },
			{ href: '/reading', label: m.nav_reading, icon: MailOpen, needs: 'read words' }
		]
	},
	{
		label: m.nav_steer,
		icon: Compass,
		rooms: [
			{ href: '/targets', label: m.nav_targets, icon: Target, needs: 'see targets' },
			{ href: '/roadmaps', label: m.nav_roadmaps, icon: Route, needs: 'see roadmaps' },
			{ href: '/projects', label: m.nav_projects, icon: FolderKanban, needs: 'see projects' },
			{ href: '/published', label: m.nav_published, icon: BookCheck, needs: 'see published' },
			{ href: '/exports', label: m.nav_exports, icon: FileSpreadsheet, needs: 'export tables' }
		]
	}
];

const HELP: Place = {
	href: '/safeguarding',
	label: m.nav_safeguarding,
	needs: 'see safeguarding help'
};

/** In the account menu: pages about the account and its organisation. */
const ABOUT: readonly Room[] = [
	{
		href: '/settings/organisation',
		label: m.nav_organisation,
		icon: Building2,
		needs: 'run the organisation'
	},
	{ href: '/settings/accounts', label: m.accounts_title, icon: UserCog, needs: 'manage accounts' },
	{ href: '/settings', label: m.ui_settings, icon: Settings, needs: 'change own settings' }
];

/** What is done on a page of its own, inside a room. */
const DOINGS: readonly Place[] = [
	{ href: '/cohorts/new', label: m.cohort_new, needs: 'keep cohorts' },
	{ href: '/cohorts/plan', label: m.plan_title, needs: 'plan cycles' },
	{ href: '/people/duplicates', label: m.pairs_title, needs: 'merge people' },
	{ href: '/people/new', label: m.people_new, needs: 'keep people' },
	{ href: '/safeguarding/directory', label: m.directory_title, needs: 'keep help directory' },
	{ href: '/exports/activityinfo', label: m.report_title, needs: 'export tables' },
	{ href: '/handover', label: m.handover_title, needs: 'hand the phone over' }
];

export interface Shown {
	/** The rooms themselves where the bar has a place for each, else the areas they lie in. */
	areas: ShellRoom[];
	/** On the page of a room: the other rooms of its area. */
	tabs: { label: string; rooms: ShellLink[] } | undefined;
	help: ShellLink;
	about: ShellRoom[];
}

/** What leads on from the page at `path`, for someone with these permissions. */
export function shownAt(path: string, may: readonly Permission[]): Shown {
	const open = areasFor(may);
	const rooms = open.flatMap((area) => area.rooms);
	const here = rooms.filter(({ href }) => isWithin(path, href));
	const area = open.find((one) => one.rooms.some((room) => here.includes(room)));
	const link = ({ href, label }: Place): ShellLink => ({
		href,
		label: label(),
		current: isWithin(path, href)
	});
	const room = (place: Room): ShellRoom => ({ ...link(place), icon: place.icon });
	const isSplit = rooms.length > MOST_IN_BAR;
	const isRoom = rooms.some(({ href }) => href === path);
	return {
		areas: isSplit
			? open.map((one) => ({
					href: one.rooms[0]!.href,
					label: one.label(),
					icon: one.icon,
					current: one === area
				}))
			: rooms.map(room),
		tabs:
			isSplit && isRoom && area && area.rooms.length > 1
				? { label: area.label(), rooms: area.rooms.map(link) }
				: undefined,
		help: link(HELP),
		about: ABOUT.filter(({ needs }) => may.includes(needs)).map((place) => ({
			...room(place),
			current: place.href === path
		}))
	};
}

/** Every page that opens without choosing something first. */
export function placesFor(may: readonly Permission[]): Place[] {
	const rooms = areasFor(may).flatMap((area) => area.rooms);
	return [
		...rooms,
		HELP,
		...ABOUT.filter(({ needs }) => may.includes(needs)),
		...DOINGS.filter(({ needs }) => may.includes(needs))
	];
}

function areasFor(may: readonly Permission[]): Area[] {
	return AREAS.map((area) => ({
		...area,
		rooms: area.rooms.filter(({ needs }) => may.includes(needs))
	})).filter(({ rooms }) => rooms.length > 0);
}

function isWithin(path: string, href: string): boolean {
	return path === href || path.startsWith(`${href}/`);
}
