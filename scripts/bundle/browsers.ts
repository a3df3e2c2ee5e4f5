import type { Plugin } from 'vite';

/**
 * The oldest browsers pages are built for, as the bundler names them: the last Chrome for Windows 7 and Android 6, what
 * iPhones of 2015 end with, and the Firefox that is still looked after on old machines.
 */
export const OLDEST_BROWSERS = ['chrome109', 'firefox115', 'safari15.6'];

/** Lets scripts and styles of pages be written in what the oldest browsers read. The server's own stay as they are. */
export function oldestBrowsers(): Plugin {
	return {
		name: 'halqa-oldest-browsers',
		apply: 'build',
		config: ({ build }) =>
			build?.ssr ? undefined : { build: { target: OLDEST_BROWSERS, cssTarget: OLDEST_BROWSERS } }
	};
}
