import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a zip file that is made. */
export interface NewEntry {
	name: string;
	content: Buffer;
}

const UTF_8 = 0x0800;
/** The first day a zip file knows: when a part was changed is nobody's business. */
const DATE = 0x0021;

/** A zip file of these parts, in this order, with no date, comment or anything else around them. */
export function zipOf(entries: readonly NewEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const { name, content } of entries) {
		const deflated = deflateRawSync(content);
		const isPacked = name !== 'mimetype' && deflated.length < content.length;
		const packed = isPacked ? deflated : content;
		const title = Buffer.from(name);
		const facts = Buffer.alloc(26);
		facts.writeUInt16LE(20, 0);
		facts.writeUInt16LE(UTF_8, 2);
		facts.writeUInt16LE(isPacked ? 8 : 0, 4);
		facts.writeUInt16LE(DATE, 8);
		facts.writeUInt32LE(crc32(content), 10);
		facts.writeUInt32LE(packed.length, 14);
		facts.writeUInt32LE(content.length, 18);
		facts.writeUInt16LE(title.length, 22);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(at, 10);
		parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, title, packed);
		directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, place, title);
		at += 4 + facts.length + title.length + packed.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, listed, end]);
}
