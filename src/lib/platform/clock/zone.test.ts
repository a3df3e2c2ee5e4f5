import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { clockFrom, clockNotice, dateIn, instantOf, timeIn } from './zone.ts';

const BEIRUT = 'Asia/Beirut';

describe('Beirut in the night the clocks go forward', () => {
	it('has no midnight: 22:00 by universal time on the 28th is one in the morning of the 29th', () => {
		const instant = Date.parse('2026-03-28T22:00:00Z');
		expect(dateIn(BEIRUT, instant)).toBe('2026-03-29');
		expect(timeIn(BEIRUT, instant)).toBe('01:00');
		expect(instantOf('2026-03-29', '01:00', BEIRUT)).toBe(instant);
		expect(timeIn(BEIRUT, instant - 60_000)).toBe('23:59');
	});

	it('takes a time that does not exist for the one an hour later', () => {
		expect(clockNotice('2026-03-29', '00:30', BEIRUT)).toBe('missing');
		expect(instantOf('2026-03-29', '00:30', BEIRUT)).toBe(Date.parse('2026-03-28T22:30:00Z'));
		expect(clockNotice('2026-03-29', '00:00', BEIRUT)).toBe('missing');
		expect(clockNotice('2026-03-29', '01:00', BEIRUT)).toBe(null);
		expect(clockNotice('2026-03-28', '23:59', BEIRUT)).toBe(null);
	});
});

describe('Beirut in the night the clocks go back', () => {
	it('has eleven at night again: 21:00 by universal time is the second one', () => {
		const again = Date.parse('2026-10-24T21:00:00Z');
		for (const instant of [again, again - 3_600_000]) {
			expect(dateIn(BEIRUT, instant)).toBe('2026-10-24');
			expect(timeIn(BEIRUT, instant)).toBe('23:00');
		}
	});

	it('takes a time that comes twice for the first', () => {
		expect(clockNotice('2026-10-24', '23:30', BEIRUT)).toBe('twice');
		expect(instantOf('2026-10-24', '23:30', BEIRUT)).toBe(Date.parse('2026-10-24T20:30:00Z'));
		expect(clockNotice('2026-10-25', '00:00', BEIRUT)).toBe(null);
	});
});

it('finds back every wall time that exists once, in every zone of the sections', () => {
	const zone = fc.constantFrom(
		BEIRUT,
		'America/Sao_Paulo',
		'Europe/Chisinau',
		'Asia/Bangkok',
		'Africa/Lome'
	);
	const instant = fc
		.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 })
		.map((minute) => minute * 60_000);
	fc.assert(
		fc.property(zone, instant, (zone, instant) => {
			const [date, time] = [dateIn(zone, instant), timeIn(zone, instant)];
			const notice = clockNotice(date, time, zone);
			expect(notice).not.toBe('missing');
			if (notice === null) expect(instantOf(date, time, zone)).toBe(instant);
		})
	);
});

it('runs on from where it is set', () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const clock = clockFrom(1000);
	expect(clock()).toBe(1000);
	vi.advanceTimersByTime(90_000);
	expect(clock()).toBe(91_000);
});
