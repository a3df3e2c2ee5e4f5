import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Adds up the seconds each project's files took, loading included, into the JSON file HALQA_SECONDS names. Files run
 * side by side: the sum of all is more than the run took.
 */
export default class SecondsByProject implements Reporter {
	#seconds: Record<string, number> = {};

	onTestModuleEnd(module: TestModule): void {
		const { collectDuration, duration, setupDuration, prepareDuration } = module.diagnostic();
		const taken = (collectDuration + duration + setupDuration + prepareDuration) / 1000;
		const { name } = module.project;
		this.#seconds[name] = (this.#seconds[name] ?? 0) + taken;
	}

	onTestRunEnd(): void {
		const path = process.env['HALQA_SECONDS'];
		if (path) writeFileSync(path, JSON.stringify(this.#seconds));
	}
}
