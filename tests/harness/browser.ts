import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Keeps a test browser from talking to anyone but the app. */
export const BROWSER_ARGUMENTS = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run'
];

/**
 * Path of a Chromium: CHROMIUM_PATH, Playwright's own, Debian's; else one that is installed now.
 * Throws, saying what to do, when there is none to be had.
 */
export function findBrowser(): string {
	const found = installedBrowser();
	if (found) return found;
	attempt('npx', ['playwright', 'install', 'chromium']);
	if (!installedBrowser() && process.getuid?.() === 0) {
		attempt('apt-get', ['update', '-qq']);
		attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
	}
	const installed = installedBrowser();
	if (installed) return installed;
	throw new Error('No Chromium found: install it, or name one with CHROMIUM_PATH');
}

function installedBrowser(): string | null {
	const paths = [
		process.env['CHROMIUM_PATH'],
		chromium.executablePath(),
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		'/usr/bin/google-chrome'
	];
	return paths.find((path) => path && existsSync(path)) ?? null;
}

function attempt(command: string, args: string[]): void {
	try {
		execFileSync(command, args, {
			stdio: ['ignore', 'inherit', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
			timeout: 300_000
		});
	} catch {
		// the next way is tried; when none works, findBrowser says so
	}
}
