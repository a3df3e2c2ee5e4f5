import type { Permission } from '#lib/platform/access/roles.ts';
import type { Format } from '#lib/platform/sheets/table.ts';

/** The tables one may take away, in the order they are offered. */
export const TABLES = [
	'people',
	'cohorts',
	'members',
	'sessions',
	'registers',
	'missing',
	'centres',
	'rooms',
	'closed_days',
	'curricula',
	'targets',
	'milestones',
	'voices',
	'adult_voices',
	'accounts'
] as const;
export type TableName = (typeof TABLES)[number];

/** What a table needs instead of leave to export: who holds it may export too. */
export const TABLE_NEEDS: Partial<Record<TableName, Permission>> = {
	milestones: 'see roadmaps',
	voices: 'export voices',
	adult_voices: 'export voices',
	accounts: 'run the organisation'
};

/** The monthly sheet of those newly reached, exact, to keep inside; what leaves is published. */
export const REPORTS = ['report_in', 'report_in_hxl'] as const;
export type ReportName = (typeof REPORTS)[number];

/** What can be taken away: one table, a workbook of all, or a month's sheet. */
export const WANTED = [...TABLES, 'all', ...REPORTS] as const;

export interface Wanted {
	table: (typeof WANTED)[number];
	format: Format;
	/** `YYYY-MM`. A sheet is of it; tables of dates hold its year, unless `from` and `to` say which days. */
	month: string;
	from?: string | undefined;
	to?: string | undefined;
}

/** What the registers of a period say. People are counted once, participations every time. */
export interface PeriodNumbers {
	people: number;
	/** How many of them are adults on their first day in the period. */
	adults: number;
	participations: number;
	sessionsHeld: number;
	missing: number;
}

/** A session before today that nobody recorded. */
export interface MissingSession {
	sessionId: string;
	date: string;
	time: string;
	minutes: number;
	centre: string;
	cohort: string;
}
