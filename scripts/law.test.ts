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

	it('lets the page of the organisation leave the example, and no other page', () => {
		const source = `import { leaveExample } from '#lib/features/example/leaving.server.ts';`;
		const page = 'src/routes/(staff)/settings/organisation/+page.server.ts';
		expect(breaches(page, source)).toEqual([]);
		expect(breaches(page.replace('organisation', 'closed-days'), source)).toHaveLength(1);
		expect(breaches(page, source.replace('leaving', 'example'))).toHaveLength(1);
	});

	it('lets a command call a command to its left, of whatever noun', () => {
		const source = `import { enrol } from '#lib/features/people/commands.server.ts';`;
		const ofRows = source.replace('commands', 'rows.commands');
		expect(breaches(COMMANDS, source)).toEqual([]);
		expect(breaches(COMMANDS, ofRows)).toEqual([]);
		expect(breaches('src/lib/features/cohorts/queries.server.ts', ofRows)).toHaveLength(1);
		expect(breaches('src/lib/features/imports/steps.server.ts', ofRows)).toEqual([]);
	});

	it('opens the types, rules, words and queries of a noun, and nothing else of it', () => {
		const source = (room: string) => `import { a } from '#lib/features/people/${room}.ts';`;
		expect(breaches(COMMANDS, source('search.queries.server'))).toEqual([]);
		expect(breaches(COMMANDS, source('search.server'))).toHaveLength(1);
		expect(breaches(COMMANDS, source('names.forms'))).toHaveLength(1);
	});
});

describe('the law of ownership', () => {
	const LEDGER = 'src/lib/features/imports/ledger.server.ts';

	it.each([
		['an insert', `db.insertInto('mark').values(rows)`],
		['an insert of many', `await insertAll(ctx.db, 'mark', rows)`],
		['an update', `db.updateTable(\n\t'mark as own'\n).set({ code })`],
		['a delete', `db.deleteFrom("mark").where('code', '=', code)`],
		['an upsert', `db.mergeInto('mark').using('session', 'id', 'id')`],
		['a delete in SQL', 'sql`delete from mark where code = ${code}`'],
		['an update in SQL', 'sql`update "mark" set code = ${code}`'],
		['a loop', `for (const one of ['mark'] as const) await db.deleteFrom(one).execute();`],
		['a name of run time', 'db.deleteFrom(table)'],
		['a name of run time in SQL', 'sql`insert into ${sql.table(table)} values (1)`']
	])('refuses %s to a table of another feature', (_, source) => {
		expect(breaches(RULES, source)).toHaveLength(1);
	});

	it('lets the owner write, and everybody read', () => {
		expect(breaches(COMMANDS, `db.insertInto('mark').values(rows)`)).toEqual([]);
		expect(breaches(RULES, `db.selectFrom('mark').select('code')`)).toEqual([]);
		const both = `for (const one of ['mark', 'cohort'] as const) await db.deleteFrom(one).execute();`;
		expect(breaches(COMMANDS, both)).toHaveLength(1);
	});

	it('keeps features out of the platform’s tables, and the platform and routes out of theirs', () => {
		expect(breaches(COMMANDS, `db.insertInto('audit').values(row)`)).toHaveLength(1);
		const write = `db.updateTable('cohort').set(row)`;
		expect(breaches('src/lib/platform/login/a.ts', write)).toHaveLength(1);
		expect(breaches('src/routes/login/+page.server.ts', write)).toHaveLength(1);
	});

	it('lets an import be taken back whatever it wrote', () => {
		expect(breaches(LEDGER, 'sql`delete from ${sql.table(table)}`')).toEqual([]);
	});
});

describe('the law of names', () => {
	it.each([
		'clashes.ts',
		'jobs.server.ts',
		'queries.ts',
		'cohorts/rules.ts',
		'run-commands.server.ts'
	])('refuses %s', (name) => {
		expect(breaches(`src/lib/features/cohorts/${name}`, '')).toHaveLength(1);
	});

	it.each(['rules.ts', 'clashes.rules.ts', 'refusals.ts', 'components/Bead.svelte'])(
		'knows %s',
		(name) => {
			expect(breaches(`src/lib/features/cohorts/${name}`, '')).toEqual([]);
		}
	);

	it('leaves what is no feature, and the two it excepts, to their own names', () => {
		expect(breaches('src/lib/platform/ids/ids.ts', '')).toEqual([]);
		expect(breaches('src/lib/features/example/cast.ts', '')).toEqual([]);
		expect(breaches('src/lib/features/imports/setup.ts', '')).toEqual([]);
	});
});
