import type { Random } from './random.ts';

/** Escapes that are no text, each in its own way, and some that are. */
const ESCAPES = [
	...['%00', '%ff', '%ff%00', '%c0%80', '%c0%af', '%ed%a0%80', '%f4%90%80%80', '%fe', '%', '%zz'],
	...[
		'%25',
		'%2500',
		'%25ff',
		'%2f',
		'%5c',
		'%2e%2e',
		'%0d%0a',
		'%EF%BF%BF',
		'%D8%A3',
		'%F0%9F%98%80'
	]
];
const VALUES = [
	...[
		'',
		' ',
		'0',
		'-1',
		'1e999',
		'NaN',
		'9007199254740993',
		'99999999999999999999',
		'0.1',
		'true'
	],
	...['null', '2026-02-30', '0000-00-00', '+275760-09-13', '9999-12-31', '2026-05-04', '2026-13'],
	...['25:61', '10:00', '__proto__', 'constructor', 'toString', "' or 1=1 --", '"', '<b>', '${7}'],
	...['../../etc/passwd', 'أمل', '\u202e', '😀', 'e\u0301'.repeat(40), '{"a":1}', '[[1],{}]', '[]'],
	...[
		'en',
		'ar',
		'xx',
		'on',
		'yes',
		'open',
		'person@example.org',
		'%',
		'%00',
		'\0',
		'\ufffe',
		'\r\nX: y'
	],
	...['[{"kind":1,"mode":2},"x",["Date","x"]]', '[1,[["Map",1]],-7]', 'a'.repeat(300)]
];
const HEADER_VALUES = [
	...['', ',', ';;;', '*/*', 'text/html', 'application/json', 'gzip', 'br;q=0', '0', '-1', 'null'],
	...['bytes=5-2', 'bytes=-0', 'bytes=99999999999-', '"x"', 'W/"1-2"', 'true', '01', 'websocket'],
	...[
		'10.0.0.9, x',
		'::ffff:1.2.3.4',
		'fe80::1%eth0',
		'https',
		'a:b',
		'\xff\xfe',
		'a'.repeat(2000)
	],
	...['ar;q=x,en-', '-'.repeat(60), 'http://', 'http://localhost:0', '/%ff%00', '/x?%ff', '?/save']
];

export const HEADER_NAMES = [
	...['Accept', 'Accept-Language', 'Accept-Encoding', 'Accept-Charset', 'Authorization', 'Range'],
	...['If-None-Match', 'If-Modified-Since', 'If-Range', 'Origin', 'Referer', 'Forwarded', 'Via'],
	...['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'X-Request-Id', 'TE', 'Trailer'],
	...['X-Sveltekit-Action', 'X-Sveltekit-Pathname', 'X-Sveltekit-Search', 'X-Sveltekit-Error'],
	...['X-Halqa-Too-Large', 'X-Http-Method-Override', 'Content-Encoding', 'Upgrade', 'Expect'],
	...['Sec-Fetch-Mode', 'Sec-Fetch-Dest', 'Cache-Control', 'Content-Language', '__proto__', 'Date']
];

export const CONTENT_TYPES = [
	...['application/json', 'text/plain', 'application/octet-stream', 'multipart/form-data', ';'],
	...[
		'multipart/form-data; boundary=',
		'multipart/form-data; boundary="',
		'multipart/mixed; boundary=x'
	],
	...[
		'application/x-www-form-urlencoded; charset=utf-16',
		'application/x-sveltekit-formdata',
		'x/\xff'
	]
];

/** A text as somebody could type or forge it. */
export function valueFrom(random: Random, ids: readonly string[]): string {
	return random.once(4) ? random.pick(ids) : random.pick(VALUES);
}

export function headerValueFrom(random: Random): string {
	return random.pick(HEADER_VALUES);
}

/** Escaped as a browser would, or as nobody should. */
export function escapedFrom(random: Random, ids: readonly string[]): string {
	if (random.once(6)) return random.pick(ESCAPES) + random.pick(['', 'x', random.pick(ESCAPES)]);
	return encodeURIComponent(valueFrom(random, ids));
}
