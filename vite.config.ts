import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { oldestBrowsers } from './scripts/bundle/browsers.ts';
import { fewChunks } from './scripts/bundle/chunks.ts';
import { ownLanguage } from './scripts/bundle/languages.ts';
import settings from './project.inlang/settings.json' with { type: 'json' };

const DATABASE_TESTS = '**/*.db.test.ts';
const SERVER_TESTS = 'tests/server/**/*.test.ts';
/**
 * Of the running app, what touches rows goes on PostgreSQL as well; what is of the server around them (headers, drain,
 * proxy, uploads, deadlines, origins) goes once. `HALQA_POSTGRES=full` takes all of it, for `npm run test:full`.
 */
const SERVER_TESTS_ON_POSTGRES =
	process.env['HALQA_POSTGRES'] === 'full'
		? [SERVER_TESTS]
		: [
				'access',
				'accounts',
				'backup',
				'child-pages',
				'exports',
				'foreign',
				'forms',
				'full-disk',
				'handover',
				'kept',
				'login',
				'sealing',
				'voices'
			].map((name) => `tests/server/${name}.test.ts`);

const DATABASE_TIMEOUTS = { testTimeout: 30_000, hookTimeout: 60_000 };
const SERVER_TIMEOUTS = { testTimeout: 60_000, hookTimeout: 90_000 };
const ON_SQLITE = { HALQA_TEST_DATABASE: 'sqlite' };
const ON_POSTGRES = { HALQA_TEST_DATABASE: 'postgres' };

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['custom-document', 'baseLocale'],
			emitTsDeclarations: false,
			outputStructure: 'message-modules'
		}),
		sveltekit(),
		oldestBrowsers(),
		fewChunks(),
		ownLanguage(settings.baseLocale, settings.locales)
	],
	test: {
		restoreMocks: true,
		maxWorkers: '100%', // the default leaves a core free, of two one; most of a test is waiting for a database or an app
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/unit/**/*.test.ts'],
					exclude: [...configDefaults.exclude, DATABASE_TESTS],
					testTimeout: 30_000 // beside other work; what hangs is found all the same
				}
			},
			{
				extends: true,
				test: {
					name: 'database-sqlite',
					env: ON_SQLITE,
					include: [DATABASE_TESTS],
					exclude: [...configDefaults.exclude, '**/postgres.db.test.ts'],
					...DATABASE_TIMEOUTS
				}
			},
			{
				extends: true,
				test: {
					name: 'database-postgres',
					env: ON_POSTGRES,
					include: [DATABASE_TESTS],
					...DATABASE_TIMEOUTS
				}
			},
			{
				extends: true,
				test: {
					name: 'server-sqlite',
					env: ON_SQLITE,
					include: [SERVER_TESTS],
					...SERVER_TIMEOUTS
				}
			},
			{
				extends: true,
				test: {
					name: 'server-postgres',
					env: ON_POSTGRES,
					include: SERVER_TESTS_ON_POSTGRES,
					...SERVER_TIMEOUTS
				}
			}
		]
	}
});
