import type { Sealed } from '../crypto/sealed.ts';
import { placeOf } from '../files/store.ts';
import type { CopyFacts } from './copy.ts';

const COPY = /^COPY (\S+) \((.+)\) FROM stdin;$/;
const NEWLINE = 10;

/**
 * What `pg_restore --data-only` prints of a dump: `COPY table (columns) FROM stdin;`, a line for each row, `\.`.
 * Line breaks within values are escaped, so lines are rows.
 */
export async function factsIn(output: AsyncIterable<Buffer>): Promise<CopyFacts> {
	const facts: CopyFacts = { tables: {}, schema: '', files: [], account: null };
	let copying: { table: string; columns: string[] } | null = null;
	for await (const line of linesOf(output)) {
		if (!copying) {
			copying = startIn(line);
			if (copying) facts.tables[copying.table] = 0;
		} else if (line.equals(END)) copying = null;
		else {
			facts.tables[copying.table]! += 1;
			note(facts, copying.table, copying.columns, line);
		}
	}
	return facts;
}

const END = Buffer.from('\\.');

function startIn(line: Buffer): { table: string; columns: string[] } | null {
	const [, name, columns] = COPY.exec(line.toString()) ?? [];
	if (!name || !columns) return null;
	return { table: plain(name).replace(/^public\./, ''), columns: columns.split(', ').map(plain) };
}

function plain(name: string): string {
	return name.replaceAll('"', '');
}

/** Migrations, files and the first account are remembered; their values hold nothing that is escaped. */
function note(facts: CopyFacts, table: string, columns: string[], line: Buffer): void {
	const isFirstAccount = table === 'account' && !facts.account;
	if (!isFirstAccount && !['kysely_migration', 'file'].includes(table)) return;
	const values = line.toString().split('\t');
	const valueOf = (column: string) => values[columns.indexOf(column)] ?? '';
	if (table === 'kysely_migration') {
		const name = valueOf('name');
		if (name > facts.schema) facts.schema = name;
	} else if (table === 'file') facts.files.push(placeOf(valueOf('sha256')));
	else {
		const sealed = valueOf('name_sealed') as unknown as Sealed;
		facts.account = { id: valueOf('id'), name_sealed: sealed };
	}
}

async function* linesOf(output: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const bytes of output) {
		const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
		let from = 0;
		for (let to = all.indexOf(NEWLINE); to >= 0; to = all.indexOf(NEWLINE, from)) {
			yield all.subarray(from, to);
			from = to + 1;
		}
		rest = all.subarray(from);
	}
	if (rest.length > 0) yield rest;
}
