import type { ServerResponse } from 'node:http';

/**
 * Headers every response carries, static files and errors included. Pages replace the policy with
 * their own. `same-origin` and not `no-referrer`: with the latter browsers post forms with `Origin: null`.
 */
const ALWAYS: Record<string, string> = {
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'same-origin',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Permissions-Policy':
		'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
	'X-Frame-Options': 'DENY',
	'Content-Security-Policy':
		"default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'", // error.html's own
	'Cache-Control': 'no-store'
};

const TWO_YEARS_SECONDS = 63_072_000;

/** The headers for a site at this origin; over https browsers are told to stay there. */
export function securityHeaders(origin: string): Record<string, string> {
	if (!origin.startsWith('https:')) return ALWAYS;
	return { ...ALWAYS, 'Strict-Transport-Security': `max-age=${TWO_YEARS_SECONDS}` };
}

/** Sets the headers before anything else answers; what answers may replace one, not lose it. */
export function setHeaders(
	response: ServerResponse,
	headers: Record<string, string>,
	keep: Keep
): void {
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	if (keep !== 'no-store') response.setHeader('Cache-Control', CACHE_CONTROL[keep]);
}

/** How long browsers may keep an answer: pages never, files until they changed, hashed files for ever. */
export type Keep = 'no-store' | 'revalidate' | 'for-ever';

const CACHE_CONTROL = {
	revalidate: 'no-cache',
	'for-ever': 'public, max-age=31536000, immutable'
};

export function keepFor(path: string, files: Set<string>): Keep {
	if (!files.has(path)) return 'no-store';
	return path.startsWith('/_app/immutable/') ? 'for-ever' : 'revalidate';
}
