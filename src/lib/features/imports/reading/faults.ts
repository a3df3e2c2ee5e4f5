import type { ImportKind, Setup } from '../types.ts';

/** What is missing in the choices about a file before its rows can be looked at. */
export interface Fault {
	/** The field it stands beside; '' for the whole. */
	field: string;
	code: 'name_column' | 'date_columns' | 'twice' | 'centre' | 'cohort' | 'mark';
}

/** Everything that keeps a file from being checked, in the order of the page. */
export function faultsOf(kind: ImportKind, { sheets, columns, marks, options }: Setup): Fault[] {
	const has = (use: string) => columns.some((column) => column.use === use);
	const chosen = sheets.map((sheet, at) => ({ sheet, at })).filter(({ sheet }) => sheet.chosen);
	const named = has('name') || (kind !== 'cohorts' && (has('first_name') || has('family_name')));
	const isRegister = kind === 'registers';
	const dated = chosen.some(({ sheet }) =>
		sheet.date.some((date) => date !== null && !sheet.futureDates.includes(date))
	);
	return [
		...(named ? [] : [fault('', 'name_column')]),
		...(isRegister && !dated ? [fault('', 'date_columns')] : []),
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
		...(has('centre') || options.centreId ? [] : [fault('centre', 'centre')])
	];
}

function fault(field: string, code: Fault['code']): Fault {
	return { field, code };
}
