export interface Count {
	passed: number;
	failed: number;
	skipped: number;
}

export const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };

export function plus(a: Count, b: Count): Count {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		skipped: a.skipped + b.skipped
	};
}

/** A tool that answers with its exit code counts as one. */
export function ofOne(ok: boolean): Count {
	return { ...NOTHING, [ok ? 'passed' : 'failed']: 1 };
}

/** From Vitest's JSON report. `ok` false with no failed test (a file that cannot be loaded) counts as one failure. */
export function ofVitest(report: unknown, ok: boolean): Count {
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = (report ??
		{}) as Record<string, number | undefined>;
	return honest(
		{
			passed: numPassedTests ?? 0,
			failed: numFailedTests ?? 0,
			skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0)
		},
		ok
	);
}

/** From Playwright's JSON report. A journey that passed only when tried again has failed. */
export function ofPlaywright(report: unknown, ok: boolean): Count {
	const { stats } = (report ?? {}) as { stats?: Record<string, number | undefined> };
	return honest(
		{
			passed: stats?.['expected'] ?? 0,
			failed: (stats?.['unexpected'] ?? 0) + (stats?.['flaky'] ?? 0),
			skipped: stats?.['skipped'] ?? 0
		},
		ok
	);
}

function honest(count: Count, ok: boolean): Count {
	return !ok && count.failed === 0 ? { ...count, failed: 1 } : count;
}
