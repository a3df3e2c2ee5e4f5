import { describe, expect, it } from 'vitest';
import { ofOne, ofPlaywright, ofVitest, plus } from './counts.ts';

describe('counting results', () => {
	it('adds a tool that failed to tests that passed', () => {
		const tests = ofVitest({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1 }, true);
		expect(plus(tests, ofOne(false))).toEqual({ passed: 3, failed: 1, skipped: 1 });
	});

	it('counts a run that ended badly without a failed test as a failure', () => {
		expect(ofVitest({ numPassedTests: 3, numFailedTests: 0 }, false).failed).toBe(1);
		expect(ofVitest(null, false).failed).toBe(1);
		expect(ofPlaywright(null, false).failed).toBe(1);
	});

	it('counts a journey that needed a second try as failed', () => {
		expect(ofPlaywright({ stats: { expected: 2, flaky: 1 } }, true)).toEqual({
			passed: 2,
			failed: 1,
			skipped: 0
		});
	});
});
