import { addDays } from '../../platform/clock/days.ts';

export interface Quarter {
	year: number;
	/** 1 … 4 */
	number: number;
	startsOn: string;
	endsOn: string;
}

/** The calendar quarter before the one that holds a date. */
export function lastQuarter(today: string): Quarter {
	const current = Math.floor((Number(today.slice(5, 7)) - 1) / 3) + 1;
	const thisYear = Number(today.slice(0, 4));
	const number = current === 1 ? 4 : current - 1;
	const year = current === 1 ? thisYear - 1 : thisYear;
	return {
		year,
		number,
		startsOn: firstDay(year, number),
		endsOn: addDays(firstDay(thisYear, current), -1)
	};
}

function firstDay(year: number, quarter: number): string {
	return `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
}
