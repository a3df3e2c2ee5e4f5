import { describe, expect, it } from 'vitest';
import { findHeader } from './header.ts';
import type { Cell } from './types.ts';

/** Rows as a person would type them: cells between bars, blanks as nothing. */
function sheet(drawing: string): { name: string; rows: Cell[][] } {
	const lines = drawing
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim() || null));
	const width = Math.max(...lines.map((line) => line.length));
	return {
		name: 'S',
		rows: lines.map((line) => [...line, ...Array<null>(width - line.length).fill(null)])
	};
}

interface Expected {
	header: [number, number] | null;
	names?: string[];
	data: [number, number];
}

describe('findHeader', () => {
	it.each<[string, string, Expected]>([
		[
			'names above data',
			`Name|Year|Sex
			 Amal|2015|F
			 Zad|2014|M`,
			{ header: [0, 0], names: ['Name', 'Year', 'Sex'], data: [1, 2] }
		],
		[
			'names in Arabic',
			`الاسم|سنة الولادة|الجنس
			 أمل|٢٠١٥|أنثى`,
			{ header: [0, 0], data: [1, 1] }
		],
		[
			'a paste without names',
			`Amal|2015|F
			 Zad|2014|M`,
			{ header: null, names: ['', '', ''], data: [0, 1] }
		],
		[
			'a paste of words without names',
			`Amal|F|Tyre
			 Zad|M|Tyre`,
			{ header: null, data: [0, 1] }
		],
		[
			'words nobody knows as names',
			`Prénom usuel|Quartier|Code
			 Amal|Hay|A1
			 Zad|Mar|A2`,
			{ header: [0, 0], data: [1, 2] }
		],
		[
			'a title, facts about the sheet and a blank line above',
			`Attendance register of spring|Attendance register of spring|Attendance register of spring|Attendance register of spring
			 Centre:|Tyre||
			 |||
			 No|Name|Sex|Age
			 1|Amal|F|10
			 2|Zad|M|11`,
			{ header: [3, 3], data: [4, 5] }
		],
		[
			'groups of columns merged across and names merged down',
			`Name|Sex|Attendance|Attendance|Attendance
			 Name|Sex|12/03|19/03|26/03
			 Amal|F|P|A|P`,
			{
				header: [0, 1],
				names: ['Name', 'Sex', 'Attendance / 12/03', 'Attendance / 19/03', 'Attendance / 26/03'],
				data: [2, 2]
			}
		],
		[
			'a group written over its first column and dates beneath',
			`Name|Sex|March||
			 ||1/3|8/3|15/3
			 Amal|F|P|A|P
			 Zad|M|A|A|P`,
			{
				header: [0, 1],
				names: ['Name', 'Sex', 'March / 1/3', 'March / 8/3', 'March / 15/3'],
				data: [2, 3]
			}
		],
		[
			'three rows of names',
			`الأطفال|الأطفال|الحضور|الحضور
			 الاسم|الجنس|آذار|آذار
			 الاسم|الجنس|1|8
			 أمل|أنثى|ح|غ`,
			{
				header: [0, 2],
				names: ['الأطفال / الاسم', 'الأطفال / الجنس', 'الحضور / آذار / 1', 'الحضور / آذار / 8'],
				data: [3, 3]
			}
		],
		[
			'totals, a signature and a legend below',
			`Name|Sex|1/3|8/3
			 Amal|F|P|A
			 Zad|M|P|P
			 Total||2|1
			 |||
			 P = present|A = absent||
			 Signature:|||`,
			{ header: [0, 0], data: [1, 2] }
		],
		[
			'a total in Arabic',
			`الاسم|الجنس|العمر
			 أمل|أنثى|10
			 المجموع:|1|`,
			{ header: [0, 0], data: [1, 1] }
		],
		[
			'numbered lines that nobody filled',
			`No|Name|Sex|Age
			 1|Amal|F|10
			 2|Zad|M|11
			 3|||
			 4|||`,
			{ header: [0, 0], data: [1, 2] }
		],
		['names and nothing else', `Name|Sex|Age`, { header: [0, 0], data: [1, 0] }],
		['one column of names', `Amal\nZad`, { header: null, data: [0, 1] }],
		[
			'a child called like a total',
			`Name|Sex|Age
			 Somaya|F|10
			 Summer|F|11`,
			{ header: [0, 0], data: [1, 2] }
		]
	])('finds %s', (_, drawing, { header, names, data }) => {
		const found = findHeader(sheet(drawing));
		expect(found.header && [found.header.top, found.header.bottom]).toEqual(header);
		expect([found.firstRow, found.lastRow]).toEqual(data);
		if (names) expect(found.names).toEqual(names);
	});

	it('reads dates that are cells of their own', () => {
		const rows: Cell[][] = [
			['Name', 'Sex', { date: '2025-03-01' }, { date: '2025-03-08' }],
			['Amal', 'F', 1, 0]
		];
		expect(findHeader({ name: 'S', rows }).names).toEqual([
			'Name',
			'Sex',
			'2025-03-01',
			'2025-03-08'
		]);
	});
});
