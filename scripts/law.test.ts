import { describe, expect, it } from 'vitest';
import { breaches } from './law.ts';

const RULES = 'src/lib/features/cohorts/rules.ts';
const COMMANDS = 'src/lib/features/attendance/commands.server.ts';

describe('the law of direction', () => {
	it.each([
		['platform knowing a feature', 'src/lib/platform/a.ts', '#lib/features/people/types.ts'],
		['platform knowing the ui', 'src/lib/platform/a.ts', '#lib/ui/Bead.svelte'],
		['a layer of its own', 'src/lib/chess/a.ts', '#lib/platform/a.ts'],
		['the ui knowing a feature', 'src/lib/ui/A.svelte', '../features/people/types.ts'],
		['a feature knowing a route', RULES, '../../../routes/x.ts'],
		['a feature knowing one to its right', RULES, '#lib/features/reach/types.ts'],
		['a feature outside the line', RULES, '#lib/features/chess/types.ts'],
		['a room that is not open', COMMANDS, '#lib/features/people/forms.ts'],
		['a rule calling a command', RULES, '#lib/features/people/commands.server.ts'],
		['anything built on example data', 'src/routes/+page.server.ts', '#lib/features/example/a.ts'],
		['safeguarding read from outside', COMMANDS, '#lib/features/safeguarding/types.ts']
	])('refuses %s', (_, path, name) => {
		expect(breaches(path, `import { a } from '${name}';`)).toHaveLength(1);
	});

	it('sees dynamic imports, re-exports and imports for effect', () => {
		const source = `
			const a = await import('#lib/features/reach/types.ts');
			export { b } from '#lib/features/reach/types.ts';
			import '#lib/features/reach/types.ts';`;
		expect(breaches(RULES, source)).toHaveLength(3);
	});

	it('lets others post a concern to safeguarding, and no more', () => {
		const from = `from '#lib/features/safeguarding/commands.server.ts'`;
		expect(breaches(COMMANDS, `import { raiseConcern } ${from}`)).toEqual([]);
		expect(breaches(COMMANDS, `import { raiseConcern, close } ${from}`)).toHaveLength(1);
	});

	it('shows the numbers to call to every page, and to pages alone', () => {
		const source = `import { HELPLINES } from '#lib/features/safeguarding/helplines.ts';`;
		expect(breaches('src/routes/(child)/s/+page.server.ts', source)).toEqual([]);
		expect(breaches(COMMANDS, source)).toHaveLength(1);
		const others = source.replace('helplines', 'queries.server');
		expect(breaches('src/routes/(child)/s/+page.server.ts', others)).toHaveLength(1);
	});

	it('lets the page of the organisation leave the example, and no other page', () => {
		const source = `import { leaveExample } from '#lib/features/example/leaving.server.ts';`;
		const page = 'src/routes/(staff)/settings/organisation/+page.server.ts';
		expect(breaches(page, source)).toEqual([]);
		expect(breaches(page.replace('organisation', 'closed-days'), source)).toHaveLength(1);
		expect(breaches(page, source.replace('leaving', 'example'))).toHaveLength(1);
	});

	it('lets whoever writes marks keep the counts', () => {
		const source = `import { keepCounts } from '#lib/features/counts/commands.server.ts';`;
		expect(breaches('src/lib/features/attendance/merging.server.ts', source)).toEqual([]);
		expect(breaches('src/lib/features/people/person.server.ts', source)).toHaveLength(1);
	});

	it('lets a command call a command to its left', () => {
		const source = `import { enrol } from '#lib/features/people/commands.server.ts';`;
		expect(breaches(COMMANDS, source)).toEqual([]);
	});
});
