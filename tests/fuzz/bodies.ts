import type { Random } from './random.ts';
import type { Target } from './requests.ts';
import { CONTENT_TYPES, escapedFrom, valueFrom } from './words.ts';

export interface Body {
	/** Lines that say what it is and how long. */
	headers: string[];
	bytes: Buffer;
}

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const FILES = [
	'Name;Born\r\nExample;2015\r\n',
	'PK\x03\x04',
	'\xff\xfe\0',
	'',
	'<html>',
	'a,'.repeat(2000)
];

/** A body with the headers that announce it: a form as pages send it, or one that was tampered with. */
export function bodyFrom(random: Random, target: Target): Body {
	const { type, text } = random.once(4) ? multipart(random, target) : urlencoded(random, target);
	const said = random.once(15) ? random.pick(CONTENT_TYPES) : type;
	const headers = random.once(40) ? [] : [`Content-Type: ${said}`];
	const bytes = Buffer.from(text, 'latin1');
	if (random.once(8)) return chunked(random, headers, bytes);
	const length = random.once(25) ? random.below(bytes.length * 2 + 2) : bytes.length;
	return { headers: [...headers, `Content-Length: ${length}`], bytes };
}

function urlencoded(random: Random, target: Target) {
	if (random.once(12)) return { type: 'application/x-www-form-urlencoded', text: tampered(random) };
	const pairs = fieldsFrom(random, target).map(
		(name) => `${name}=${escapedFrom(random, target.ids)}`
	);
	return { type: 'application/x-www-form-urlencoded', text: pairs.join('&') };
}

function tampered(random: Random): string {
	return random.pick([
		...[
			'%ff%00=%c0%80',
			'&&&===',
			'{"a":',
			'\0\0\0',
			'__superform_json=%5B%7B%22a%22%3A1%7D%2C-7%5D'
		],
		...['__superform_json=[', '__superform_id=x&__superform_json=%5B%5B%22Date%22%2C%22x%22%5D%5D'],
		...['__superform_file_a=x', '__proto__.a=1&constructor.prototype=2', 'a'.repeat(150_000)],
		...['a=1&'.repeat(1000), `a=${'%F0%9F%98%80'.repeat(3000)}`, 'mark.__proto__=present&mark.=x']
	]);
}

function multipart(random: Random, target: Target) {
	const boundary = random.once(12) ? random.pick(['x', 'a b', "'()+_,-./:=?"]) : BOUNDARY;
	const parts = fieldsFrom(random, target).map((name) => {
		const isFile = random.once(5);
		const value = isFile ? random.pick(FILES) : valueFrom(random, target.ids);
		const file = isFile ? `; filename="${random.pick(['a.csv', '', '\0', '../x', '"', 'é'])}"` : '';
		const line = random.once(25)
			? 'Content-Disposition: x'
			: `Content-Disposition: form-data; name="${name}"${file}`;
		return `--${boundary}\r\n${line}\r\n\r\n${Buffer.from(value).toString('latin1')}\r\n`;
	});
	const end = random.once(10)
		? random.pick(['', `--${boundary}`, `--${boundary}--`.repeat(2)])
		: `--${boundary}--\r\n`;
	return { type: `multipart/form-data; boundary=${boundary}`, text: parts.join('') + end };
}

function fieldsFrom(random: Random, target: Target): string[] {
	return random.some(0, 9, () => {
		const name = random.pick(target.fields);
		if (random.once(6)) return `mark.${random.pick(target.ids)}`;
		return random.once(30)
			? random.pick([`${name}%00`, `${name}.x`, '__x', '', `${name}[]`, 'once'])
			: name;
	});
}

function chunked(random: Random, headers: string[], bytes: Buffer): Body {
	const middle = random.below(bytes.length + 1);
	const pieces = [bytes.subarray(0, middle), bytes.subarray(middle)].filter(
		({ length }) => length > 0
	);
	const sized = pieces.flatMap((piece) => [
		Buffer.from(
			`${random.once(25) ? random.pick(['zz', '-1', 'ffffffffffffffffff', '']) : piece.length.toString(16)}\r\n`
		),
		piece,
		Buffer.from(random.once(40) ? '' : '\r\n')
	]);
	const end = Buffer.from(
		random.once(20) ? random.pick(['', '0\r\nX: y\r\n\r\n', '0\r\n']) : '0\r\n\r\n'
	);
	return {
		headers: [...headers, 'Transfer-Encoding: chunked'],
		bytes: Buffer.concat([...sized, end])
	};
}
