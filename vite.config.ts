import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { fewChunks } from './scripts/bundle/chunks.ts';
import { ownLanguage } from './scripts/bundle/languages.ts';
import settings from './project.inlang/settings.json' with { type: 'json' };

const DATABASE_TESTS = '**/*.db.test.ts';
const onPostgres = process.env['HALQA_TEST_DATABASE'] === 'postgres';
/** Of the server around the app, or of SQLite alone: once is enough. */
const NOT_ON_POSTGRES = [
	'deadline',
	'drain',
	'fuzz',
	'headers',
	'mail',
	'proxy',
	'reader',
	'uploads'
];

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
					name: 'database',
					include: [DATABASE_TESTS],
					exclude: [...configDefaults.exclude, ...(onPostgres ? [] : ['**/postgres.db.test.ts'])],
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'server',
					include: ['tests/server/**/*.test.ts'],
					exclude: [
						...configDefaults.exclude,
						...(onPostgres ? NOT_ON_POSTGRES.map((name) => `tests/server/${name}.test.ts`) : [])
					],
					testTimeout: 60_000,
					hookTimeout: 90_000
				}
			}
		]
	}
});
