/** Arithmetic on civil dates `YYYY-MM-DD` and wall times `HH:MM`; no zone, no instant. Server only. */

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** True for a date of the calendar, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
	if (!DATE.test(text)) return false;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** True for a wall time `HH:MM` between 00:00 and 23:59. */
export function isTime(text: string): boolean {
	return TIME.test(text);
}

export function addDays(date: string, days: number): string {
	const moved = new Date(`${date}T00:00:00Z`);
	moved.setUTCDate(moved.getUTCDate() + days);
	return moved.toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
	return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: string): number {
	return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The seven dates of the week that holds `date`, starting on ISO weekday `startsOn`. */
export function weekOf(date: string, startsOn: number): string[] {
	const back = (weekdayOf(date) - startsOn + 7) % 7;
	return Array.from({ length: 7 }, (_, i) => addDays(date, i - back));
}

/** Minutes since midnight of a wall time. */
export function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The wall time that many minutes after midnight, 0 … 1439. */
export function timeAt(minutes: number): string {
	const hours = Math.floor(minutes / 60);
	return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * From when until when, `15:00–16:30`; past midnight it ends in the small hours. Isolated, so that the two stand in
 * this order within words of any direction.
 */
export function timesOf({ time, minutes }: { time: string; minutes: number }): string {
	return `\u2066${time}–${timeAt((minutesOf(time) + minutes) % (24 * 60))}\u2069`;
}

/** ISO weekdays stored as `"2,4"`. */
export function weekdaysFrom(text: string): number[] {
	return text === '' ? [] : text.split(',').map(Number);
}
