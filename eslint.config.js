import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelte from 'eslint-plugin-svelte';
import svelteConfig from './svelte.config.js';

const SUPERFORMS = {
	regex: '^sveltekit-superforms(/|$)',
	message: 'Forms come in through readForm() of platform/forms.'
};

/** @param {string} selector */
const collation = (selector) => ({
	selector,
	message:
		"Sort in the reader's language: byName(), collatorIn() or compareCodes() of platform/i18n."
});

export default tseslint.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'src/lib/paraglide/',
			'data/',
			'test-results/',
			'playwright-report/'
		]
	},
	tseslint.configs.recommended,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node, Temporal: 'readonly' } },
		rules: {
			'no-console': 'error',
			'@typescript-eslint/no-import-type-side-effects': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			'no-restricted-imports': ['error', { patterns: [SUPERFORMS] }]
		}
	},
	{
		files: ['src/lib/platform/forms/**'],
		rules: { 'no-restricted-imports': 'off' }
	},
	{
		files: ['src/**'],
		ignores: ['src/lib/platform/i18n/collation.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				collation("[callee.object.name='Intl'][callee.property.name='Collator']"),
				collation("[callee.property.name='localeCompare']")
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			'svelte/no-navigation-without-resolve': 'off', // the app is served from the root
			'svelte/prefer-svelte-reactivity': 'off' // flags every query string built in a function
		}
	},
	{
		// A promise that nobody waits for ends in `inBackground` or in a catch of its own, not in `void`.
		files: [
			'src/server/**/*.ts',
			'src/hooks.server.ts',
			'src/lib/**/*.server.ts',
			'src/lib/platform/**/*.ts'
		],
		ignores: ['**/*.test.ts'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
			'@typescript-eslint/no-misused-promises': 'error'
		}
	},
	{
		files: ['scripts/**', 'src/server/{start,welcome}.ts', 'tests/**', '*.config.*'],
		rules: { 'no-console': 'off' }
	}
);
