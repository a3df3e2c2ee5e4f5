import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { raiseForm } from './forms.ts';
import { noticedAt } from './raising.rules.ts';

const ZONE = 'Asia/Beirut';
const at = (date: string, time: string) => instantOf(date, time, ZONE);
const NOW = at('2026-05-05', '10:03');

describe('when something was noticed', () => {
	it('is said to five minutes', () => {
		expect(noticedAt({ noticed: 'now' }, ZONE, NOW)).toBe(at('2026-05-05', '10:00'));
		const earlier = { noticed: 'today', time: '08:47' } as const;
		expect(noticedAt(earlier, ZONE, NOW)).toBe(at('2026-05-05', '08:45'));
		const before = { noticed: 'before', date: '2026-05-03' } as const;
		expect(noticedAt(before, ZONE, NOW)).toBe(at('2026-05-03', '12:00'));
	});

	it('is no time that is still to come, nor today for a day before, nor long gone', () => {
		for (const said of [
			{ noticed: 'today', time: '10:04' },
			{ noticed: 'before', date: '2026-05-05' },
			{ noticed: 'before', date: '2026-05-06' },
			{ noticed: 'before', date: '2024-05-03' }
		] as const)
			expect(noticedAt(said, ZONE, NOW)).toBeNull();
	});

	it('is a day of where it was, whatever day it is elsewhere', () => {
		const lateThere = Date.parse('2026-05-05T22:30:00Z'); // the 6th in Beirut
		const said = { noticed: 'before', date: '2026-05-05' } as const;
		expect(noticedAt(said, ZONE, lateThere)).toBe(at('2026-05-05', '12:00'));
		expect(noticedAt(said, 'America/Sao_Paulo', lateThere)).toBeNull();
	});
});

describe('a concern that is typed', () => {
	const typed = { urgency: 'urgent', noticed: 'now', wishAsked: 'yes', consent: 'yes' };
	const wrong = (fields: object) =>
		raiseForm.safeParse({ ...typed, ...fields }).error?.issues.map(({ path }) => path.join());

	it('is picks alone: no field takes a word', () => {
		expect(wrong({})).toBeUndefined();
		for (const field of ['name', 'note', 'text', 'nickname'])
			expect(wrong({ [field]: 'Nour' })).toBeDefined();
		for (const field of Object.keys(raiseForm.shape))
			expect(wrong({ [field]: 'He was hit by his uncle at home' })).toBeDefined();
	});

	it('says when, and overrides a child alone in imminent danger', () => {
		expect(wrong({ noticed: 'today' })).toEqual(['time']);
		expect(wrong({ noticed: 'before' })).toEqual(['date']);
		expect(wrong({ consent: 'overridden' })).toEqual(['consent']);
		expect(wrong({ consent: 'overridden', urgency: 'imminent' })).toBeUndefined();
	});
});
