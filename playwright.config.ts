import { defineConfig } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from './tests/harness/browser.ts';

/** Journeys start their own app through `startApp()`, so that two can go at once on the two cores of the least machine. */
export default defineConfig({
	testDir: 'tests/e2e',
	workers: 2,
	fullyParallel: true, // so that no file's journeys wait for each other while a core has nothing to do
	timeout: 120_000,
	expect: { timeout: 15_000 }, // what fails waits longer, what passes does not
	forbidOnly: true,
	retries: 1, // for its trace alone: what passes only then has failed all the same
	use: {
		launchOptions: { executablePath: findBrowser(), args: BROWSER_ARGUMENTS },
		actionTimeout: 20_000, // a click that finds nothing says so before the test runs out of time
		trace: 'on-first-retry'
	}
});
