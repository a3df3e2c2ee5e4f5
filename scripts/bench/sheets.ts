import { writeOds } from 'hucre/ods';
import { writeXlsx } from 'hucre/xlsx';
import { readTables } from '../../src/lib/platform/sheets/read.server.ts';
import { quantile, type Measured } from './table.ts';

const ROWS = 30_000;
const ROUNDS = 3;

export interface MeasuredSheets {
	files: Measured[];
	/** What reading one workbook costs the thread that serves everybody, in milliseconds. */
	servingMs: number;
	/** What the process holds more while and after reading, in megabytes. */
	memoryMb: number;
}

/** Reads a list of 30,000 children with 12 columns as each kind of file, a few times in turn. */
export async function measureSheets(): Promise<MeasuredSheets> {
	const sheets = [{ name: 'Children', rows: listOfChildren() }];
	const text = sheets[0]!.rows.map((row) => row.map(textOf).join(';')).join('\r\n');
	const files = [
		{ name: 'one cell', bytes: new TextEncoder().encode('a') },
		{ name: 'XLSX', bytes: await writeXlsx({ sheets }) },
		{ name: 'ODS', bytes: await writeOds({ sheets }) },
		{ name: 'CSV', bytes: new TextEncoder().encode(text) }
	];
	const measured = files.map(({ name, bytes }): Measured => ({
		name,
		ms: [],
		bytes: bytes.length
	}));
	const servingMs: number[] = [];
	const before = process.memoryUsage.rss();
	let most = before;
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
	for (let round = 0; round < ROUNDS; round++)
		for (const [at, { name, bytes }] of files.entries()) {
			const startedAt = performance.now();
			const used = process.threadCpuUsage();
			const read = await readTables(bytes.slice());
			measured[at]!.ms.push(performance.now() - startedAt);
			const { user, system } = process.threadCpuUsage(used);
			if (name === 'XLSX') servingMs.push((user + system) / 1000);
			if (!read.ok) throw new Error(`${name}: ${read.reason}`);
		}
	clearInterval(watch);
	const memoryMb = (most - before) / 1024 / 1024;
	return { files: measured, servingMs: quantile(servingMs, 0.5), memoryMb };
}

function listOfChildren(): (string | number | Date)[][] {
	const head = [
		'Code',
		'الاسم',
		'Name',
		'Born',
		'Age',
		'Sex',
		'Centre',
		'Phone',
		'1/3',
		'8/3',
		'15/3',
		'Notes'
	];
	const rows = Array.from({ length: ROWS }, (_, n) => [
		`EX-${n}`,
		`طفل المثال ${n}`,
		`Example Child ${n}`,
		new Date(Date.UTC(2010 + (n % 9), n % 12, 1 + (n % 28))),
		6 + (n % 9),
		n % 2 ? 'F' : 'M',
		`Example centre ${n % 18}`,
		`03/${100_000 + n}`,
		'P',
		n % 7 ? 'P' : 'A',
		'',
		n % 5 ? '' : 'invented'
	]);
	return [head, ...rows];
}

function textOf(cell: string | number | Date): string {
	return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
