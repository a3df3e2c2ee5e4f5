import { bodyFrom, type Body } from './bodies.ts';
import { randomFrom, type Random } from './random.ts';
import { escapedFrom, HEADER_NAMES, headerValueFrom } from './words.ts';

/** What there is to be asked for, and in whose name. */
export interface Target {
	/** Scheme and host. */
	origin: string;
	/** Addresses with `[name]` where a parameter stands, and the names of the actions of each. */
	routes: readonly { path: string; actions: readonly string[] }[];
	/** Paths as they are: files, and addresses of the framework's own. */
	paths: readonly string[];
	fields: readonly string[];
	/** What parameters may be. */
	ids: readonly string[];
	/** `name=value` of those logged in. */
	cookies: readonly string[];
}

const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'OPTIONS'];
const OTHER_METHODS = [
	...['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'get', 'G\0T', 'QUERY', 'PRI', '']
];
const PARAMETERS = ['lang', 'kept', 'next', 'q', 'from', 'month', 'page', 'band', 'question'];
const OTHER_ACTIONS = ['save', '', 'toString', '__proto__', 'x=1', '%ff', 'save/'];
const BETWEEN_HEADERS = [
	...[
		'No colon',
		': empty name',
		'Na me: x',
		'Nul: \0',
		' folded',
		'Content-Length: 3',
		'Host: other'
	],
	...[
		'Transfer-Encoding: chunked',
		'Transfer-Encoding: gzip, chunked',
		'Content-Length: -5',
		'Höst: x'
	],
	...[
		'Content-Length: 99999999999999999999',
		'Connection: upgrade',
		'Bare: lf\nNext: line',
		'Bare: cr\rX'
	]
];

/**
 * Everything sent over one connection: mostly one request, mostly half right, so that it gets far; a few in
 * a row, garbage after it, or cut off. The same for the same seed and number.
 */
export function exchangeOf(target: Target, seed: number, at: number): Buffer {
	const random = randomFrom(seed, at);
	const count = random.once(12) ? 2 + random.below(3) : 1;
	const parts = Array.from({ length: count }, () => requestFrom(random, target));
	if (random.once(40))
		parts.push(Buffer.from(random.pick(['garbage\r\n\r\n', '\0\xff', '0\r\n\r\n'])));
	const bytes = Buffer.concat(parts);
	return random.once(20) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}

function requestFrom(random: Random, target: Target): Buffer {
	const method = random.once(25) ? random.pick(OTHER_METHODS) : random.pick(METHODS);
	const path = targetFrom(random, target, method === 'POST');
	const body: Body =
		method === 'POST' || random.once(20)
			? bodyFrom(random, target)
			: { headers: [], bytes: Buffer.alloc(0) };
	const version = random.once(60) ? random.pick(['1.0', '1.2', '2.0', '0.9', 'x']) : '1.1';
	const lines = [
		`${method} ${path} HTTP/${version}`,
		...headersFrom(random, target),
		...body.headers
	];
	return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body.bytes]);
}

function targetFrom(random: Random, target: Target, isPost: boolean): string {
	if (random.once(30))
		return random.pick([
			...[
				'*',
				'//',
				'',
				'x',
				'/\\\\x',
				'/#x',
				'/a b',
				'/\xff',
				'/..%2f..%2f',
				`/${'a'.repeat(3000)}`
			],
			...[
				'http://elsewhere.example/',
				`${target.origin}/today`,
				'///elsewhere.example/',
				'/?'.repeat(900)
			]
		]);
	const routes =
		isPost && !random.once(8)
			? target.routes.filter(({ actions }) => actions.length > 0)
			: target.routes;
	const { path: pattern, actions } = random.once(8)
		? { path: random.pick(target.paths), actions: [] }
		: random.pick(routes);
	let path = pattern.replaceAll(/\[[^\]]+\]/g, () =>
		random.once(4) ? escapedFrom(random, target.ids) : random.pick(target.ids)
	);
	if (random.once(25))
		path += random.pick(['/', '//', '/..', '/%2e', '%ff%00', '%00', '.', ';a=b']);
	if (random.once(8)) path += random.pick(['/__data.json', '/__route.js', '.html', '__data.json']);
	return path + queryFrom(random, target, actions);
}

function queryFrom(random: Random, target: Target, actions: readonly string[]): string {
	const pairs = random.some(0, 2, () => {
		const name = random.pick(random.once(3) ? PARAMETERS : target.fields);
		return `${random.once(15) ? escapedFrom(random, target.ids) : name}=${escapedFrom(random, target.ids)}`;
	});
	const action = random.once(15) ? random.pick(OTHER_ACTIONS) : random.pick(actions);
	if (action && (action !== 'default' || random.once(20))) pairs.unshift(`/${action}`);
	if (random.once(12))
		pairs.push(random.pick(['x-sveltekit-invalidated=0101x', 'x-sveltekit-trailing-slash=1']));
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function headersFrom(random: Random, target: Target): string[] {
	const { host } = new URL(target.origin);
	const lines = [
		`X-Forwarded-For: 10.${random.below(200)}.${random.below(250)}.${random.below(250)}`,
		`Accept: ${random.pick(['text/html', 'text/html', 'application/json', '*/*'])}`
	];
	if (!random.once(40)) lines.unshift(`Host: ${random.once(30) ? 'elsewhere.example' : host}`);
	if (!random.once(12)) lines.push(`Origin: ${random.once(12) ? 'null' : target.origin}`);
	if (random.once(2)) lines.push(`Cookie: ${cookieFrom(random, target)}`);
	if (random.once(8)) lines.push('X-Sveltekit-Action: true');
	for (const name of random.some(0, 2, () => random.pick(HEADER_NAMES)))
		if (random.once(3)) lines.push(`${name}: ${headerValueFrom(random)}`);
	if (random.once(40)) lines.push(random.pick(BETWEEN_HEADERS));
	if (random.once(150)) lines.push(`Cookie: ${'a=b;'.repeat(random.pick([500, 4000, 6000]))}`);
	return lines;
}

function cookieFrom(random: Random, target: Target): string {
	const cookie = random.pick(target.cookies);
	if (!random.once(8)) return cookie;
	return random.pick([
		...[
			cookie.slice(0, -5),
			`${cookie}%00`,
			`${cookie}; ${random.pick(target.cookies)}`,
			';;;=;=',
			'%ff'
		],
		...[
			'__proto__=x',
			`${cookie.split('=')[0]}=%ff%00`,
			'halqa_page=%00',
			'halqa_ballot=%00',
			'\xff=\xfe'
		]
	]);
}
