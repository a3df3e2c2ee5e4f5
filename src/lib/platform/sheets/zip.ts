import { crc32, inflateRawSync } from 'node:zlib';
import { SHEET_LIMITS } from './types.ts';
import { Unreadable } from './unreadable.ts';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const SENTINEL = 0xffffffff;
const LONGEST_END = 22 + 0xffff;

const MOST_ENTRIES = 2000;
/** Sheets shrink to a twentieth; what shrinks to less than a hundredth was made to. */
const RATIO = 100;
const RATIO_MATTERS_FROM = 8 * 1024 * 1024;

export interface ZipEntry {
	name: string;
	/** 0 stored, 8 deflated. */
	method: number;
	packed: number;
	size: number;
	crc: number;
	/** Where its packed bytes begin in the file. */
	start: number;
}

export type Zip = ReadonlyMap<string, ZipEntry>;

/**
 * The entries of a zip file, by name, read from its directory and checked before anything is unpacked:
 * how many, how large, how far they shrink, whether directory and entries agree, whether entries share bytes or names.
 * Throws `Unreadable`: `bomb`, `too_large`, `protected` or `damaged`.
 */
export function readDirectory(bytes: Uint8Array): Zip {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { count, offset } = findDirectory(view);
	if (count > MOST_ENTRIES) throw new Unreadable('bomb', 'entries');
	const entries = new Map<string, ZipEntry>();
	const taken: { from: number; to: number }[] = [];
	let at = offset;
	let whole = 0;
	for (let n = 0; n < count; n++) {
		if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
			throw new Unreadable('damaged', 'directory');
		const { entry, header, next } = readEntry(view, bytes, at);
		if (entries.has(entry.name)) throw new Unreadable('damaged', 'two entries of one name');
		whole += entry.size;
		if (isBomb(entry)) throw new Unreadable('bomb', 'ratio');
		entries.set(entry.name, entry);
		taken.push({ from: header, to: entry.start + entry.packed });
		at = next;
	}
	if (whole > SHEET_LIMITS.unpackedBytes)
		throw new Unreadable(whole > bytes.length * RATIO ? 'bomb' : 'too_large', 'unpacked');
	taken.sort((a, b) => a.from - b.from);
	taken.forEach(({ to }, n) => {
		if (to > (taken[n + 1]?.from ?? offset)) throw new Unreadable('bomb', 'shared bytes');
	});
	return entries;
}

/** An entry unpacked; never more bytes than its directory says. Throws `Unreadable`. */
export function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
	const packed = bytes.subarray(entry.start, entry.start + entry.packed);
	if (entry.method === 0) return packed;
	let content: Uint8Array;
	try {
		content = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
	} catch (cause) {
		const isLonger = (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
		throw new Unreadable(isLonger ? 'bomb' : 'damaged', entry.name);
	}
	if (content.length !== entry.size || crc32(content) !== entry.crc)
		throw new Unreadable('damaged', entry.name);
	return content;
}

/** An entry unpacked as UTF-8 text. Throws `Unreadable`, also where there is none of that name. */
export function textOf(bytes: Uint8Array, zip: Zip, name: string): string {
	const entry = zip.get(name);
	if (!entry) throw new Unreadable('damaged', name);
	return new TextDecoder().decode(unpack(bytes, entry));
}

function isBomb({ packed, size }: ZipEntry): boolean {
	return size > RATIO_MATTERS_FROM && size > packed * RATIO;
}

function findDirectory(view: DataView): { count: number; offset: number } {
	for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - LONGEST_END); at--) {
		if (view.getUint32(at, true) !== END) continue;
		const count = view.getUint16(at + 10, true);
		const offset = view.getUint32(at + 16, true);
		if (count !== 0xffff && offset !== SENTINEL) return { count, offset };
		return findDirectory64(view, at - 20);
	}
	throw new Unreadable('damaged', 'no directory');
}

function findDirectory64(view: DataView, locator: number): { count: number; offset: number } {
	if (locator < 0 || view.getUint32(locator, true) !== END_64_LOCATOR)
		throw new Unreadable('damaged', 'no 64-bit directory');
	const at = long(view, locator + 8);
	if (at + 56 > view.byteLength || view.getUint32(at, true) !== END_64)
		throw new Unreadable('damaged', 'no 64-bit directory');
	return { count: long(view, at + 32), offset: long(view, at + 48) };
}

function readEntry(view: DataView, bytes: Uint8Array, at: number) {
	const flags = view.getUint16(at + 8, true);
	const method = view.getUint16(at + 10, true);
	const nameLength = view.getUint16(at + 28, true);
	const extraLength = view.getUint16(at + 30, true);
	const nameAt = at + 46;
	const next = nameAt + nameLength + extraLength + view.getUint16(at + 32, true);
	if (next > bytes.length) throw new Unreadable('damaged', 'directory');
	const [size = 0, packed = 0, header = 0] = widened(
		view,
		[view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)],
		nameAt + nameLength,
		extraLength
	);
	if (flags & 1) throw new Unreadable('protected');
	if (method !== 0 && method !== 8) throw new Unreadable('damaged', 'packed in another way');
	if (header + 30 > bytes.length || view.getUint32(header, true) !== LOCAL)
		throw new Unreadable('damaged', 'entry');
	const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
	if (start + packed > bytes.length) throw new Unreadable('damaged', 'entry');
	// A reader that meets a zero goes looking for the size elsewhere; who packs honestly writes two bytes.
	const saysNothing = size === 0 && (packed > 2 || (method === 8 && packed === 0));
	if (saysNothing || (method === 0 && packed !== size))
		throw new Unreadable(packed > size ? 'bomb' : 'damaged', 'sizes');
	const name = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameLength));
	const crc = view.getUint32(at + 16, true);
	return { entry: { name, method, packed, size, crc, start }, header, next };
}

/** Size, packed size and offset, each from the 64-bit extra field where the directory leaves it to that. */
function widened(view: DataView, fields: number[], from: number, length: number): number[] {
	if (!fields.includes(SENTINEL)) return fields;
	for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
		if (view.getUint16(at, true) !== 1) continue;
		let cursor = at + 4;
		return fields.map((field) => {
			if (field !== SENTINEL) return field;
			cursor += 8;
			return long(view, cursor - 8);
		});
	}
	throw new Unreadable('damaged', 'no 64-bit sizes');
}

function long(view: DataView, at: number): number {
	if (at < 0 || at + 8 > view.byteLength) throw new Unreadable('damaged', '64-bit number');
	const value = view.getBigUint64(at, true);
	if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Unreadable('bomb', '64-bit number');
	return Number(value);
}
