import { occasionOf } from './occasions.ts';
import type { ImportKind, Setup } from '../types.ts';

/** What is missing in the choices about a file before its rows can be looked at. */
export interface Fault {
	/** The field it stands beside; '' for the whole. */
	field: string;
	code:
		| 'name_column'
		| 'date_columns'
		| 'twice'
		| 'centre'
		| 'cohort'
		| 'mark'
		| 'mark_column'
		| 'sex'
		| 'calendar'
		| 'list_date'
		| 'age_dates'
		| 'encoding';
}

/** Everything that keeps a file from being checked, in the order of the page. */
export function faultsOf(
	kind: ImportKind,
	{ sheets, columns, marks, sexes, found, options }: Setup
): Fault[] {
	const has = (use: string) => columns.some((column) => column.use === use);
	const chosen = sheets.map((sheet, at) => ({ sheet, at })).filter(({ sheet }) => sheet.chosen);
	const named =
		has('name') ||
		(kind !== 'cohorts' && (has('first_name') || has('family_name') || has('person')));
	const isRegister = kind === 'registers';
	const isLong = isRegister && has('date');
	const dated = chosen.some(({ sheet }) =>
		sheet.date.some(
			(date, at) =>
				date !== null && !sheet.futureDates.includes(occasionOf(date, { part: sheet.part[at]! }))
		)
	);
	return [
		...(named ? [] : [fault('', 'name_column')]),
		...(isRegister && !dated && !isLong ? [fault('', 'date_columns')] : []),
		...(isLong && !dated && !has('mark') ? [fault('', 'mark_column')] : []),
		...columns.flatMap(({ use }, at) =>
			use !== 'ignore' && columns.findIndex((other) => other.use === use) < at
				? [fault(`use.${at}`, 'twice')]
				: []
		),
		...(isRegister && !has('cohort')
			? chosen.flatMap(({ sheet, at }) =>
					sheet.cohort === '' ? [fault(`cohort.${at}`, 'cohort')] : []
				)
			: []),
		...(isRegister
			? marks.flatMap(({ meaning }, at) => (meaning === null ? [fault(`mark.${at}`, 'mark')] : []))
			: []),
		...sexes.flatMap(({ sex }, at) => (sex === null ? [fault(`sexWord.${at}`, 'sex')] : [])),
		...(found.calendars.length > 0 && options.calendar === null
			? [fault('calendar', 'calendar')]
			: []),
		...(found.isOld && options.listDate === null ? [fault('listDate', 'list_date')] : []),
		...(found.ageDates.length > 0 && options.ageDates === null
			? [fault('ageDates', 'age_dates')]
			: []),
		...(found.encoding?.inDoubt && options.encoding === null
			? [fault('encoding', 'encoding')]
			: []),
		...(has('centre') || options.centreId ? [] : [fault('centre', 'centre')])
	];
}

function fault(field: string, code: Fault['code']): Fault {
	return { field, code };
}

/** What is wrong with the choices themselves, whatever is still to be asked. */
export function isOfChoices({ code }: Fault): boolean {
	return OF_CHOICES.includes(code);
}

const OF_CHOICES: readonly Fault['code'][] = [
	...(['name_column', 'date_columns', 'mark_column', 'twice', 'centre', 'cohort'] as const)
];
