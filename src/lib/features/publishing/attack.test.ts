import { describe, expect, it } from 'vitest';
import { givenAway, shown, type Seen } from '#tests/harness/subtraction.ts';
import { atomsOf, EVERYBODY, toldBy } from '#tests/harness/told.ts';
import { freeze, PROTECTION, type Protection } from './freezing.rules.ts';
import { layOut, type Sheet } from './layouts.rules.ts';
import type { Protected } from './protect.rules.ts';
import { runningTotals, type Published } from './totals.rules.ts';
import type { Layout, NewlyReached } from './types.ts';

/**
 * Random years of a small country: who came first in which month, whose register was saved late, who came again in the
 * second half. It publishes; somebody collects every number and subtracts. With everything in place nothing small is
 * found; with any one protection taken away it is.
 */
const MONTHS = [1, 2, 3, 4];
const HISTORIES = 40;
const COUNTRY = 'TG';
const PLACES = new Map([
	['lome', { adm1: 'TG01', adm2: 'TG0101' }],
	['kara', { adm1: 'TG02', adm2: 'TG0201' }],
	['bassar', { adm1: 'TG02', adm2: 'TG0202' }]
]);
const FINEST: Layout = 'district_sex_age';
const LAYOUTS: Layout[] = [FINEST, 'governorate_sex_age', 'country_sex_age', 'total'];

/** People alike: where and who, the month they came first in, after which month that was known, and whether they came again. */
interface Group extends NewlyReached {
	month: number;
	knownAt: number;
	again: boolean;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function historyOf(seed: number): { groups: Group[]; layouts: Layout[] } {
	const next = random(seed);
	const pick = <One>(all: readonly One[]) => all[Math.floor(next() * all.length)]!;
	const quiet = MONTHS.filter(() => next() < 0.3);
	const groups = Array.from({ length: 26 }, (): Group => {
		const month = pick(MONTHS);
		const isLate = next() < 0.25;
		const sizes = quiet.includes(month) ? [0, 0, 1] : [1, 2, 4, 7, 12, 18, 30];
		return {
			...{ centreId: pick([...PLACES.keys()]), sex: pick(['f', 'm'] as const) },
			...{ birthYear: pick([2024, 2018, 2012, 1990]), birthMonth: null, populationGroup: null },
			count: isLate ? 1 + Math.floor(next() * 3) : pick(sizes),
			...{ month, knownAt: isLate ? Math.min(month + 1, 4) : month, again: next() < 0.8 }
		};
	});
	return { groups, layouts: MONTHS.map(() => pick(LAYOUTS)) };
}

const isoMonth = (month: number) => `2026-0${month}`;
const sheetOf = (groups: readonly Group[], layout: Layout, month: number): Sheet =>
	layOut(groups, { layout, month: isoMonth(month), country: COUNTRY, placeOf: PLACES });

/** The people a number counts: places and categories of the finest layout, each with when they came and were known. */
type Tag = `${number}.${number}.${boolean}`;
const tagOf = ({ month, knownAt, again }: Pick<Group, 'month' | 'knownAt' | 'again'>): Tag =>
	`${month}.${knownAt}.${again}`;
const ALL_TAGS = MONTHS.flatMap((month) =>
	MONTHS.filter((knownAt) => knownAt >= month).flatMap((knownAt) =>
		[true, false].map((again) => ({ month, knownAt, again }))
	)
);
const FINE = sheetOf([], FINEST, 1);

interface Ways {
	protection: Protection;
	/** Every month once, of who is in none before it; else each month anew whenever a register came late. */
	once: boolean;
	/** Targets say what was published; else what registers say. */
	published: boolean;
	/** A month in one layout; else in the finest and the coarsest besides. */
	oneLayout: boolean;
}
const IN_PLACE: Ways = { protection: PROTECTION, once: true, published: true, oneLayout: true };

/** Everything a year's history publishes. */
function publishYear(seed: number, ways: Ways): Seen[][] {
	const { groups, layouts } = historyOf(seed);
	const counted = new Set<Tag>();
	const families: Seen[][] = [];
	const year: { label: string; tags: Tag[]; people: number }[] = [];
	const sheets = (those: Group[], tags: Tag[], month: number, at: number) => {
		const used = ways.oneLayout ? [layouts[at - 1]!] : [FINEST, 'country_sex_age' as const];
		return used.map((layout) => {
			const sheet = sheetOf(those, layout, month);
			const frozen = freeze(sheet, ways.protection);
			families.push(...toldBy(FINE, sheet, frozen, tags));
			return frozen;
		})[0]!;
	};
	for (const at of MONTHS) {
		if (ways.once) {
			const free = ALL_TAGS.filter(
				(one) => one.month <= at && one.knownAt <= at && !counted.has(tagOf(one))
			).map(tagOf);
			const those = groups.filter((group) => free.includes(tagOf(group)));
			const { peopleCount } = sheets(those, free, at, at);
			if (peopleCount === 0 && those.length > 0) continue;
			for (const tag of free) counted.add(tag);
			year.push({ label: 'year', tags: [...counted], people: sumOf(groups, [...counted]) });
		} else
			for (const month of MONTHS.filter((month) => month === at || month === at - 1)) {
				const tags = ALL_TAGS.filter((one) => one.month === month && one.knownAt <= at).map(tagOf);
				sheets(
					groups.filter((group) => tags.includes(tagOf(group))),
					tags,
					month,
					at
				);
			}
		if (ways.published) continue;
		const live = ALL_TAGS.filter(({ month, knownAt }) => month <= at && knownAt <= at);
		const second = live.filter(({ month, again }) => again || month > 2);
		for (const [label, some] of [
			['year', live],
			['second half', second]
		] as const)
			year.push({ label, tags: some.map(tagOf), people: sumOf(groups, some.map(tagOf)) });
	}
	const totals = year
		.filter(({ people }) => people >= 10)
		.map(({ tags, people }) => [shown('everybody', atomsOf(FINE, EVERYBODY, tags), people)]);
	return [...families, ...totals];
}

function sumOf(groups: readonly Group[], tags: readonly Tag[]): number {
	return groups
		.filter((group) => tags.includes(tagOf(group)))
		.reduce((sum, { count }) => sum + count, 0);
}

const found = (ways: Ways) =>
	Array.from({ length: HISTORIES }, (_, seed) => givenAway(publishYear(seed + 1, ways)));

/** Hides numbers from one to nine, and nothing else. */
const smallOnes: Protection['hide'] = (table): Protected => ({
	hidden: table.map((row) => row.map((count) => count > 0 && count < 10)),
	zerosHidden: false
});

describe('what is published of a year', () => {
	it('gives nobody away to who collects all of it and subtracts', () => {
		expect(found(IN_PLACE).flat()).toEqual([]);
	});

	it.each<[string, Partial<Ways>]>([
		['hiding more than the small numbers', { protection: { ...PROTECTION, hide: smallOnes } }],
		['keeping fewer than ten for later', { protection: { ...PROTECTION, isSafe: () => true } }],
		['publishing each month once', { once: false }],
		['telling targets what is published', { published: false }],
		['one layout for a month', { oneLayout: false }]
	])('would without %s', (_, without) => {
		const broken = found({ ...IN_PLACE, ...without }).filter(({ length }) => length > 0);
		expect(broken.length).toBeGreaterThan(0);
	});
});

describe('what is told of several years', () => {
	/** Who comes in which year, by chance, month after month; the totals told since each year, and what follows. */
	function publishYears(seed: number, isSafe: Protection['isSafe']) {
		const next = random(seed);
		const earlier: Published[] = [];
		const published = new Map<number, Set<number>>();
		const families: Seen[][] = [];
		const all: string[] = [];
		for (const year of [2024, 2025, 2026])
			for (let month = 0; month < 3; month += 1) {
				const before = [...published].filter(([one]) => one < year);
				const came = Array.from({ length: 220 }, (_, person) => person)
					.filter((person) => next() < (person < 150 ? 0.11 : 0.03))
					.filter((person) => !published.get(year)?.has(person));
				if (came.length < 10) continue;
				const own = published.get(year) ?? new Set();
				published.set(year, new Set([...own, ...came]));
				const years = [...published.keys()];
				const counts = new Map(
					years.map((since) => [
						since,
						new Set([...published].flatMap(([one, ids]) => (one >= since ? [...ids] : []))).size
					])
				);
				const totals = runningTotals({ year, peopleCount: came.length, counts }, earlier, {
					isSafe
				});
				// Of each month's people: the last year they were there in before, or none.
				const name = `${year}.${month}`;
				const classes = [0, ...before.map(([one]) => one)].map((last) => `${name} ${last}`);
				all.push(...classes);
				families.push([shown('month', classes, came.length)]);
				for (const { sinceYear, peopleCount, isCarried } of totals) {
					if (isCarried) continue;
					const counted = all.filter((atom) => {
						const [from, last] = atom.split(' ');
						return Number(from!.slice(0, 4)) >= sinceYear && Number(last) < sinceYear;
					});
					families.push([shown('total', counted, peopleCount)]);
				}
				earlier.push({ year, peopleCount: came.length, totals });
			}
		const months = families.filter(([one]) => one!.label === 'month').flat();
		const moves = earlier.flatMap(({ year, totals }) =>
			totals.filter(({ sinceYear, isCarried }) => sinceYear < year && !isCarried)
		);
		return { found: givenAway([...families, months]), moveCount: moves.length };
	}
	const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

	it('parts nobody from those who came in another year', () => {
		expect(seeds.flatMap((seed) => publishYears(seed, PROTECTION.isSafe).found)).toEqual([]);
	});

	it('would if every total moved with every month', () => {
		const broken = seeds.filter((seed) => publishYears(seed, () => true).found.length > 0);
		expect(broken.length).toBeGreaterThan(0);
	});

	it('moves all the same, if later', () => {
		const moved = seeds.filter((seed) => publishYears(seed, PROTECTION.isSafe).moveCount > 0);
		expect(moved.length).toBeGreaterThan(seeds.length / 2);
	});
});
