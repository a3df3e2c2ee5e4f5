/** Called while a document is read from its beginning; names come without their prefix. */
export interface XmlListener {
	open?(name: string, attributes: Attributes): void;
	close?(name: string): void;
	text?(text: string): void;
}

export type Attributes = Record<string, string>;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads XML and tells what it meets. Document types are stepped over: entities of a file's own mean nothing, nothing
 * is ever fetched, and what is not well formed is read as far as it makes sense.
 */
export function readXml(xml: string, listener: XmlListener): void {
	let at = 0;
	while (at < xml.length) {
		const tag = xml.indexOf('<', at);
		if (tag === -1) return;
		if (tag > at) listener.text?.(decodeEntities(xml.slice(at, tag)));
		at = readMarkup(xml, tag, listener);
	}
}

/** The attributes of every element of one name, in order. */
export function attributesOf(xml: string, wanted: string): Attributes[] {
	const found: Attributes[] = [];
	readXml(xml, { open: (name, attributes) => name === wanted && found.push(attributes) });
	return found;
}

/** Reads what begins with `<` at `at`; answers where it ends. */
function readMarkup(xml: string, at: number, listener: XmlListener): number {
	if (xml.startsWith('<!--', at)) return after(xml, '-->', at + 4);
	if (xml.startsWith('<![CDATA[', at)) {
		const end = after(xml, ']]>', at);
		listener.text?.(xml.slice(at + 9, end - 3));
		return end;
	}
	if (xml.startsWith('<?', at)) return after(xml, '?>', at);
	if (xml.startsWith('<!', at)) return afterDoctype(xml, at);
	const end = afterTag(xml, at);
	if (xml[at + 1] === '/') {
		listener.close?.(withoutPrefix(xml.slice(at + 2, end - 1).trim()));
		return end;
	}
	const isEmpty = xml[end - 2] === '/';
	const inside = xml.slice(at + 1, isEmpty ? end - 2 : end - 1);
	const space = inside.search(/\s/);
	const name = withoutPrefix(space === -1 ? inside : inside.slice(0, space));
	listener.open?.(name, space === -1 ? {} : readAttributes(inside.slice(space)));
	if (isEmpty) listener.close?.(name);
	return end;
}

function readAttributes(text: string): Attributes {
	const attributes: Attributes = Object.create(null);
	for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE))
		attributes[withoutPrefix(name)] ??= decodeEntities(double ?? single ?? '');
	return attributes;
}

function after(xml: string, mark: string, from: number): number {
	const at = xml.indexOf(mark, from);
	return at === -1 ? xml.length : at + mark.length;
}

/** A `>` within quotes does not end a tag. */
function afterTag(xml: string, from: number): number {
	let at = from + 1;
	let quote = 0;
	for (; at < xml.length; at++) {
		const code = xml.charCodeAt(at);
		if (quote) quote = code === quote ? 0 : quote;
		else if (code === 34 || code === 39) quote = code;
		else if (code === 62) return at + 1;
	}
	return at;
}

function afterDoctype(xml: string, from: number): number {
	const end = after(xml, '>', from);
	const inner = xml.indexOf('[', from);
	return inner === -1 || inner > end ? end : after(xml, '>', after(xml, ']', inner));
}

function withoutPrefix(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
		(whole, hex, decimal, name) => {
			if (name) return ENTITIES[name] ?? whole;
			const code = hex ? parseInt(hex, 16) : Number(decimal);
			return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		}
	);
}
