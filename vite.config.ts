import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { configDefaults, defineConfig } from 'vitest/config';

const DATABASE_TESTS = '**/*.db.test.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['custom-document', 'baseLocale'],
			emitTsDeclarations: false,
			outputStructure: 'message-modules'
		}),
		sveltekit()
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
					exclude: [...configDefaults.exclude, DATABASE_TESTS]
				}
			},
			{
				extends: true,
				test: { name: 'database', include: [DATABASE_TESTS], testTimeout: 30_000 }
			},
			{
				extends: true,
				test: {
					name: 'server',
					include: ['tests/server/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 90_000
				}
			}
		]
	}
});
