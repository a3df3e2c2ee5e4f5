import { expect, it } from 'vitest';
import { runningTotals, type Published } from './totals.rules.ts';

interface Month {
	year: number;
	people: number;
	since: Record<number, number>;
}

/** Publishes one after the other: year, people, and how many are new since each year. */
function publish(months: Month[]): Published[] {
	return months.reduce<Published[]>((earlier, { year, people, since }) => {
		const counts = new Map(Object.entries(since).map(([from, count]) => [Number(from), count]));
		const totals = runningTotals({ year, peopleCount: people, counts }, earlier);
		return [...earlier, { year, peopleCount: people, totals }];
	}, []);
}
const told = (published: Published[], since: number) =>
	published.map(({ totals }) => totals.find(({ sinceYear }) => sinceYear === since)?.peopleCount);

it('of one year is the sum of its months', () => {
	const months = publish([
		{ year: 2026, people: 20, since: { 2026: 20 } },
		{ year: 2026, people: 0, since: { 2026: 20 } },
		{ year: 2026, people: 11, since: { 2026: 31 } }
	]);
	expect(told(months, 2026)).toEqual([20, 20, 31]);
});

it('of several years waits until nobody, or ten, were new and nobody, or ten, came back', () => {
	const months = publish([
		{ year: 2025, people: 40, since: { 2025: 40 } },
		// 17 new and 3 who came back: told as 40, with everything else of the month
		{ year: 2026, people: 20, since: { 2025: 57, 2026: 20 } },
		// 12 new and 8 who came back: together 29 and 11
		{ year: 2026, people: 20, since: { 2025: 69, 2026: 40 } },
		// 4 new
		{ year: 2026, people: 24, since: { 2025: 73, 2026: 64 } }
	]);
	expect(told(months, 2025)).toEqual([40, 40, 69, 69]);
	expect(told(months, 2026)).toEqual([undefined, 20, 40, 64]);
});

it('of two periods waits for what lies between them', () => {
	const start: Month[] = [
		{ year: 2024, people: 40, since: { 2024: 40 } },
		{ year: 2025, people: 30, since: { 2024: 60, 2025: 30 } }
	];
	// Of 40 new since 2025 are 35 new since 2024: five came back after a year's pause.
	const held = publish([
		...start,
		{ year: 2026, people: 50, since: { 2024: 95, 2025: 70, 2026: 50 } }
	]);
	expect(told(held, 2024)).toEqual([40, 60, 60]);
	expect(told(held, 2025)).toEqual([undefined, 30, 30]);
	const free = publish([
		...start,
		{ year: 2026, people: 50, since: { 2024: 90, 2025: 70, 2026: 50 } }
	]);
	expect(told(free, 2024)).toEqual([40, 60, 90]);
	expect(told(free, 2025)).toEqual([undefined, 30, 70]);
});

it('of a period that is new is told when all move and nothing small lies between them', () => {
	const start: Month[] = [
		{ year: 2024, people: 40, since: { 2024: 40 } },
		{ year: 2025, people: 30, since: { 2024: 60, 2025: 30 } },
		{ year: 2026, people: 20, since: { 2024: 80, 2026: 20 } }
	];
	const held = { year: 2026, people: 20, since: { 2024: 95, 2025: 60, 2026: 40 } };
	const moving = (since2025: number) => ({
		...{ year: 2026, people: 20 },
		since: { 2024: 110, 2025: since2025, 2026: 60 }
	});
	const free = publish([...start, held, moving(70)]);
	expect(told(free, 2024)).toEqual([40, 60, 80, 80, 110]);
	expect(told(free, 2025)).toEqual([undefined, 30, undefined, undefined, 70]);
	// Five who were there in 2024, and not in 2025, would lie between the two.
	const between = publish([...start, held, moving(75)]);
	expect(told(between, 2024)).toEqual([40, 60, 80, 80, 110]);
	expect(told(between, 2025).at(-1)).toBe(undefined);
});
