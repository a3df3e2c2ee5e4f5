import BookOpen from '@lucide/svelte/icons/book-open';
import Building2 from '@lucide/svelte/icons/building-2';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarOff from '@lucide/svelte/icons/calendar-off';
import Contact from '@lucide/svelte/icons/contact-round';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Route from '@lucide/svelte/icons/route';
import Sun from '@lucide/svelte/icons/sun';
import Sheet from '@lucide/svelte/icons/sheet';
import Target from '@lucide/svelte/icons/target';
import Users from '@lucide/svelte/icons/users';
import { m } from '#lib/paraglide/messages.js';
import type { Permission } from '#lib/platform/access/roles.ts';

interface Place {
	href: string;
	label: () => string;
	needs: Permission;
}
interface Room extends Place {
	icon: typeof Sun;
}

/** What a thumb can reach along the bottom of a phone. */
export const MOST_IN_BAR = 5;

/** In the order of a day's work. */
const ROOMS: readonly Room[] = [
	{ href: '/today', label: m.nav_today, icon: Sun, needs: 'see today' },
	{ href: '/targets', label: m.nav_targets, icon: Target, needs: 'see targets' },
	{ href: '/roadmaps', label: m.nav_roadmaps, icon: Route, needs: 'see roadmaps' },
	{ href: '/calendar', label: m.nav_calendar, icon: CalendarDays, needs: 'see calendar' },
	{ href: '/cohorts', label: m.nav_cohorts, icon: Users, needs: 'see cohorts' },
	{ href: '/voices', label: m.nav_voices, icon: MessagesSquare, needs: 'see voices' },
	{ href: '/people', label: m.nav_people, icon: Contact, needs: 'see people' },
	{ href: '/curricula', label: m.nav_curricula, icon: BookOpen, needs: 'see curricula' },
	{ href: '/imports', label: m.nav_imports, icon: Sheet, needs: 'import lists' },
	{
		href: '/settings/closed-days',
		label: m.nav_closed_days,
		icon: CalendarOff,
		needs: 'edit closed days'
	},
	{ href: '/exports', label: m.nav_exports, icon: FileSpreadsheet, needs: 'export tables' },
	{
		href: '/settings/organisation',
		label: m.nav_organisation,
		icon: Building2,
		needs: 'run the organisation'
	}
];

/** Always among the first five, whatever the role: whom to call is never behind a menu. */
const SAFETY: Room = {
	href: '/safeguarding',
	label: m.nav_safeguarding,
	icon: LifeBuoy,
	needs: 'see safeguarding help'
};

/** The rooms open to someone with these permissions; the first five go into the bar. */
export function roomsFor(may: readonly Permission[]): Room[] {
	const open = ROOMS.filter(({ needs }) => may.includes(needs));
	return [...open.slice(0, MOST_IN_BAR - 1), SAFETY, ...open.slice(MOST_IN_BAR - 1)];
}

/** What is done on a page of its own, inside a room or in the menu. */
const DOINGS: readonly Place[] = [
	{ href: '/cohorts/new', label: m.cohort_new, needs: 'keep cohorts' },
	{ href: '/cohorts/plan', label: m.plan_title, needs: 'plan cycles' },
	{ href: '/people/duplicates', label: m.pairs_title, needs: 'merge people' },
	{ href: '/people/new', label: m.people_new, needs: 'keep people' },
	{ href: '/exports/activityinfo', label: m.report_title, needs: 'export tables' },
	{ href: '/handover', label: m.handover_title, needs: 'hand the phone over' },
	{ href: '/settings/accounts', label: m.accounts_title, needs: 'manage accounts' },
	{ href: '/settings', label: m.settings_title, needs: 'change own settings' }
];

/** Every page that opens without choosing something first. */
export function placesFor(may: readonly Permission[]): Place[] {
	return [...roomsFor(may), ...DOINGS.filter(({ needs }) => may.includes(needs))];
}
