import { expect, it } from 'vitest';
import { somePlans } from '#tests/factories/plan-request.ts';
import { startTimes, suggest } from './suggest.rules.ts';

const COHORT = {
	id: 'cohort',
	centreId: 'centre',
	name: 'Jasmine',
	audience: 'caregivers' as const,
	ageFrom: 18,
	ageTo: 60,
	capacity: 16,
	memberCount: 14,
	status: 'open' as const
};
const CHOICES = {
	centre: { opensAt: '08:00', closesAt: '18:00' },
	cohort: COHORT,
	rooms: [
		{ id: 'small', name: 'Blue room', capacity: 12 },
		{ id: 'large', name: 'Green room', capacity: 20 }
	],
	staff: [
		{ id: 'karim', name: 'Karim' },
		{ id: 'rana', name: 'Rana' }
	],
	versions: (['children', 'caregivers'] as const).map((audience) => ({
		id: audience,
		curriculumId: audience,
		name: audience,
		number: 1,
		publishedOn: '2026-01-01',
		audience,
		plans: somePlans(3)
	})),
	plannerId: 'rana',
	today: '2026-12-31'
};

it('suggests a curriculum made for the cohort, a room that holds it, the planner, and tomorrow', () => {
	expect(suggest(CHOICES)).toEqual({
		cohort: 'cohort',
		version: 'caregivers',
		weekday: [],
		time: '15:00',
		room: 'large',
		mothersTime: '15:00',
		mothersRoom: 'small',
		mothersWith: [],
		with: ['rana'],
		from: '2027-01-01'
	});
});

it('suggests the first room when none holds the cohort, and nothing where there is nothing', () => {
	const crowded = { ...CHOICES, cohort: { ...COHORT, memberCount: 30 } };
	expect(suggest(crowded).room).toBe('small');
	expect(suggest({ ...CHOICES, rooms: [], versions: [], plannerId: 'manager' })).toMatchObject({
		room: '',
		version: '',
		with: []
	});
});

it('offers no time at which the longest session would end after the centre closes', () => {
	const centre = { opensAt: '16:00', closesAt: '18:00' };
	const plans = [...somePlans(2, 60), ...somePlans(1, 90)];
	expect(startTimes(centre, { plans })).toEqual(['16:00', '16:15', '16:30']);
	expect(startTimes(centre, { plans: somePlans(1, 120) })).toEqual(['16:00']);
	expect(startTimes(centre, { plans: somePlans(1, 125) })).toEqual([]);
});

it('suggests the time nearest to the usual one that the centre’s day leaves', () => {
	const timeAt = (opensAt: string, closesAt: string) =>
		suggest({ ...CHOICES, centre: { opensAt, closesAt } }).time;
	expect(timeAt('08:00', '14:00')).toBe('13:00');
	expect(timeAt('16:30', '20:00')).toBe('16:30');
	expect(timeAt('08:00', '08:30')).toBe('15:00');
});
