import BookOpen from '@lucide/svelte/icons/book-open';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarOff from '@lucide/svelte/icons/calendar-off';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import Sun from '@lucide/svelte/icons/sun';
import Target from '@lucide/svelte/icons/target';
import Users from '@lucide/svelte/icons/users';
import { m } from '#lib/paraglide/messages.js';
import type { Permission } from '#lib/platform/access/roles.ts';

/** The rooms of the house, in the order of a day's work; each role sees the ones it may enter. */
export const NAV: readonly {
	href: string;
	label: () => string;
	icon: typeof Sun;
	needs: Permission;
}[] = [
	{ href: '/today', label: m.nav_today, icon: Sun, needs: 'see today' },
	{ href: '/targets', label: m.nav_targets, icon: Target, needs: 'see targets' },
	{ href: '/calendar', label: m.nav_calendar, icon: CalendarDays, needs: 'see calendar' },
	{ href: '/cohorts', label: m.nav_cohorts, icon: Users, needs: 'see cohorts' },
	{ href: '/curricula', label: m.nav_curricula, icon: BookOpen, needs: 'see curricula' },
	{
		href: '/settings/closed-days',
		label: m.nav_closed_days,
		icon: CalendarOff,
		needs: 'edit closed days'
	},
	{
		href: '/safeguarding',
		label: m.nav_safeguarding,
		icon: LifeBuoy,
		needs: 'see safeguarding help'
	}
];
