import { expect, it } from 'vitest';
import { ROLES } from '#lib/platform/access/roles.ts';
import { fileNameOf, lastFullMonth, mayTake, monthsOffered, tablesFor } from './rules.ts';

it('the last full month of January is December, and of a last day the month before', () => {
	expect(lastFullMonth('2026-01-01')).toBe('2025-12');
	expect(lastFullMonth('2026-03-31')).toBe('2026-02');
});

it('offers this month and three years back, latest first', () => {
	const months = monthsOffered('2026-01-31');
	expect(months.slice(0, 3)).toEqual(['2026-01', '2025-12', '2025-11']);
	expect(new Set(months).size).toBe(36);
});

it('accounts are for who runs the organisation, voices for who may see them and export', () => {
	const roles = (table: 'accounts' | 'voices') =>
		ROLES.filter((role) => tablesFor({ roles: [{ role }] }).includes(table));
	expect(roles('accounts')).toEqual(['admin']);
	expect(roles('voices')).toEqual(['coordinator', 'manager']);
});

it('an exact sheet is for who may export', () => {
	const roles = (wanted: 'report_in_hxl' | 'all') =>
		ROLES.filter((role) => mayTake({ roles: [{ role }] }, wanted));
	expect(roles('report_in_hxl')).toEqual(['coordinator', 'manager', 'monitoring', 'admin']);
	expect(roles('all')).toEqual(['coordinator', 'manager', 'monitoring', 'admin']);
});

it('a file says in its name what it is of, and nobody’s name', () => {
	const on = { today: '2026-05-01', isPart: true };
	expect(fileNameOf({ table: 'closed_days', format: 'csv', month: '2026-04' }, on)).toBe(
		'closed-days-2026-own-centres-2026-05-01.csv'
	);
	expect(
		fileNameOf({ table: 'people', format: 'xlsx', month: '2026-04' }, { ...on, isPart: false })
	).toBe('people-2026-05-01.xlsx');
	expect(fileNameOf({ table: 'report_in_hxl', format: 'csv', month: '2026-04' }, on)).toBe(
		'activityinfo-hxl-inside-only-2026-04-own-centres-2026-05-01.csv'
	);
});
