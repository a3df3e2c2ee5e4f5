import { can, type Holder, type Permission } from '#lib/platform/access/roles.ts';
import {
	REPORTS,
	TABLE_NEEDS,
	TABLES,
	type ReportName,
	type TableName,
	type Wanted
} from './types.ts';

const MONTHS_OFFERED = 36;

/** How people stand in what somebody takes away: by name somewhere, by number somewhere, or by pseudonym alone. */
export function personsBy(holder: Holder): 'name' | 'number' | 'pseudonym' {
	if (can(holder, 'export names')) return 'name';
	return can(holder, 'export person numbers') ? 'number' : 'pseudonym';
}

/** The tables somebody may take away. */
export function tablesFor(holder: Holder): TableName[] {
	return TABLES.filter((name) => can(holder, neededFor(name)));
}

/** The permission whose rows a table holds. */
export function neededFor(name: TableName): Permission {
	return TABLE_NEEDS[name] ?? 'export tables';
}

export function isReport(wanted: Wanted['table']): wanted is ReportName {
	return (REPORTS as readonly string[]).includes(wanted);
}

/** Whether somebody may take something away. */
export function mayTake(holder: Holder, wanted: Wanted['table']): boolean {
	if (wanted === 'all' || isReport(wanted)) return can(holder, 'export tables');
	return tablesFor(holder).includes(wanted);
}

/** The last full month before a civil date, `YYYY-MM`. */
export function lastFullMonth(today: string): string {
	return monthsBefore(today, 1);
}

/** This month and the three years before it, latest first. */
export function monthsOffered(today: string): string[] {
	return Array.from({ length: MONTHS_OFFERED }, (_, back) => monthsBefore(today, back));
}

function monthsBefore(today: string, months: number): string {
	return Temporal.PlainDate.from(today).toPlainYearMonth().subtract({ months }).toString();
}

/** Tables that hold the chosen days alone. */
const OF_DAYS: readonly Wanted['table'][] = [
	'sessions',
	'registers',
	'missing',
	'closed_days',
	'voices',
	'adult_voices',
	'all'
];

const REPORT_FILES: Record<ReportName, string> = {
	report_in: 'activityinfo-inside-only',
	report_in_hxl: 'activityinfo-hxl-inside-only'
};

/** A file's name without any of its contents: the table, its year or days, whether it is of some centres alone, the day. */
export function fileNameOf(
	{ table, format, month, from, to }: Wanted,
	{ today, isPart }: { today: string; isPart: boolean }
): string {
	const parts = isReport(table)
		? [REPORT_FILES[table], month, isPart && 'own-centres', today]
		: [
				table.replaceAll('_', '-'),
				OF_DAYS.includes(table) && (from && to ? `${from}-to-${to}` : month.slice(0, 4)),
				isPart && 'own-centres',
				today
			];
	return `${parts.filter(Boolean).join('-')}.${format}`;
}
