import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ofVitest, type Count } from './counts.ts';
import { noteSeconds, run } from './parts.ts';

/** Runs projects of Vitest as one, in one process, and notes what each took. */
export async function vitest(
	projects: readonly string[],
	env: NodeJS.ProcessEnv = {}
): Promise<Count> {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-reports-'));
	const report = join(folder, 'report.json');
	const seconds = join(folder, 'seconds.json');
	const args = [
		'run',
		...projects.map((project) => `--project=${project}`),
		...['default', 'json', './scripts/vitest-seconds.ts'].map((name) => `--reporter=${name}`),
		`--outputFile.json=${report}`
	];
	try {
		const ok = await run('vitest', args, { ...env, HALQA_SECONDS: seconds });
		const taken = Object.entries((read(seconds) ?? {}) as Record<string, number>);
		for (const [project, took] of taken) noteSeconds(project, took);
		return ofVitest(read(report), ok);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function read(report: string): unknown {
	return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}
