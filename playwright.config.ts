import { defineConfig } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from './tests/harness/browser.ts';

/** Journeys start their own app through `startApp()`; one browser at a time. */
export default defineConfig({
	testDir: 'tests/e2e',
	workers: 1,
	timeout: 90_000,
	forbidOnly: true,
	retries: 0,
	use: {
		launchOptions: { executablePath: findBrowser(), args: BROWSER_ARGUMENTS },
		actionTimeout: 20_000, // a click that finds nothing says so before the test runs out of time
		trace: 'retain-on-failure'
	}
});
