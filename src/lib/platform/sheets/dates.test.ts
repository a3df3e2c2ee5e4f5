import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, guessDateOrder, type DateOrder } from './dates.ts';
import type { Cell } from './types.ts';

describe('dateIn', () => {
	it.each<[Cell, DateOrder, string]>([
		[{ date: '2025-03-01', time: '14:30' }, 'dmy', '2025-03-01'],
		['1/3/2025', 'dmy', '2025-03-01'],
		['01/03/2025', 'mdy', '2025-01-03'],
		['1-3-25', 'dmy', '2025-03-01'],
		['1.3.2025', 'dmy', '2025-03-01'],
		['1 / 3 / 2025', 'dmy', '2025-03-01'],
		['1\\3\\2025', 'dmy', '2025-03-01'],
		['1/3/85', 'dmy', '1985-03-01'],
		['2025.03.01', 'dmy', '2025-03-01'],
		['2025-03-01', 'mdy', '2025-03-01'],
		['2025-03-01T14:30:00Z', 'dmy', '2025-03-01'],
		['1/3/2025 2:30 PM', 'dmy', '2025-03-01'],
		['25/03/01', 'ymd', '2025-03-01'],
		['1/3/2025', 'ymd', '2025-03-01'],
		['٢٠٢٥/٣/١', 'dmy', '2025-03-01'],
		['١/٣/٢٠٢٥', 'dmy', '2025-03-01'],
		['20250301', 'dmy', '2025-03-01'],
		[20_250_301, 'dmy', '2025-03-01'],
		[45_717, 'dmy', '2025-03-01'],
		['45717', 'dmy', '2025-03-01'],
		[45_717.6, 'dmy', '2025-03-01'],
		['3 March 2025', 'dmy', '2025-03-03'],
		['3-Mar-25', 'dmy', '2025-03-03'],
		['03MAR2025', 'dmy', '2025-03-03'],
		['March 3rd, 2025', 'dmy', '2025-03-03'],
		['Monday, 3 March 2025', 'dmy', '2025-03-03'],
		['3 mars 2025', 'dmy', '2025-03-03'],
		['1er août 2025', 'dmy', '2025-08-01'],
		['le 3 févr. 2025', 'dmy', '2025-02-03'],
		['3 آذار 2025', 'dmy', '2025-03-03'],
		['٣ آذار ٢٠٢٥', 'dmy', '2025-03-03'],
		['الإثنين ٣ آذار ٢٠٢٥', 'dmy', '2025-03-03'],
		['١٥ كانون الثاني ٢٠٢٥', 'dmy', '2025-01-15'],
		['15 تشرين الأوّل 2025', 'dmy', '2025-10-15'],
		['3 مارس 2025م', 'dmy', '2025-03-03'],
		['2025 March 3', 'dmy', '2025-03-03'],
		['\u200f1/3/2025', 'dmy', '2025-03-01'],
		['29/02/2024', 'dmy', '2024-02-29']
	])('%j, %s, is %s', (cell, order, value) => {
		expect(dateIn(cell, order)).toEqual({ ok: true, value });
	});

	it('says when day and month can only be the other way round', () => {
		const swapped = { ok: true, value: '2025-03-25', swapped: true };
		expect(dateIn('03/25/2025', 'dmy')).toEqual(swapped);
		expect(dateIn('25/03/2025', 'mdy')).toEqual(swapped);
		expect(dateIn('2025-25-03', 'dmy')).toEqual(swapped);
	});

	it.each<[Cell, string]>([
		['12/3', '2025-03-12'],
		['١٢/٣', '2025-03-12'],
		['12.3', '2025-03-12'],
		['12 March', '2025-03-12'],
		['12-Mar', '2025-03-12'],
		['١٢ آذار', '2025-03-12'],
		['Wed 12/3', '2025-03-12']
	])('%j has no year, and is %s in 2025', (cell, value) => {
		expect(dateIn(cell, 'dmy')).toEqual({ ok: false, reason: 'no_year' });
		expect(dateIn(cell, 'dmy', 2025)).toEqual({ ok: true, value });
	});

	it.each<[Cell, string]>([
		[null, 'blank'],
		['', 'blank'],
		['31/02/2025', 'no_such_date'],
		['29/02/2025', 'no_such_date'],
		['1/3/1446', 'no_such_date'],
		['13/13/2025', 'no_such_date'],
		['March 2025', 'not_a_date'],
		['soon', 'not_a_date'],
		['#####', 'not_a_date'],
		[2025, 'not_a_date'],
		[12, 'not_a_date'],
		[true, 'not_a_date'],
		['3 March or April 2025', 'not_a_date'],
		['1/3/2025 - 5/3/2025', 'not_a_date'],
		['03/123456', 'not_a_date'],
		['constructor', 'not_a_date']
	])('%j is none: %s', (cell, reason) => {
		expect(dateIn(cell, 'dmy')).toEqual({ ok: false, reason });
	});

	const EPOCH_MS = Date.UTC(1899, 11, 30);
	const MONTHS =
		'كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول';
	const days = fc
		.integer({ min: Date.UTC(1960, 0, 1) / 86_400_000, max: Date.UTC(2049, 11, 31) / 86_400_000 })
		.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
	const marks = fc.constantFrom('/', '-', '.', ' / ', ' ');

	it('reads a date back however it was written', () => {
		fc.assert(
			fc.property(days, marks, fc.constantFrom('en', 'fr', 'ar'), (date, mark, language) => {
				const [year = '', month = '', day = ''] = date.split('-');
				const moment = new Date(`${date}T00:00:00Z`);
				const options = {
					day: 'numeric',
					month: 'long',
					year: 'numeric',
					timeZone: 'UTC'
				} as const;
				const arabic = `${Number(day)} ${MONTHS.split(',')[Number(month) - 1]} ${year}`;
				const words = language === 'ar' ? arabic : moment.toLocaleDateString(language, options);
				const eastern = (text: string) =>
					text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
				const written: [Cell, DateOrder][] = [
					[[day, month, year].join(mark), 'dmy'],
					[[month, day, year].join(mark), 'mdy'],
					[[year, month, day].join(mark), 'ymd'],
					[[year, month, day].join(mark), 'dmy'],
					[[Number(day), Number(month), year].join(mark), 'dmy'],
					[eastern([day, month, year].join(mark)), 'dmy'],
					[words, 'dmy'],
					[eastern(words), 'dmy'],
					[`${date} 00:00:00`, 'dmy'],
					[(moment.getTime() - EPOCH_MS) / 86_400_000, 'dmy'],
					[{ date }, 'dmy'],
					...(Number(year) < 2000
						? []
						: ([[[day, month, year.slice(2)].join(mark), 'dmy']] as [Cell, DateOrder][]))
				];
				for (const [cell, order] of written)
					expect(dateIn(cell, order), JSON.stringify(cell)).toEqual({ ok: true, value: date });
			})
		);
	});

	it('never throws, and answers only with dates of the calendar', () => {
		const digits = fc.stringMatching(/^[0-9٠-٩/. -]{1,12}$/);
		fc.assert(
			fc.property(fc.oneof(fc.string(), digits, fc.double()), (cell) => {
				const read = dateIn(cell, 'dmy', 2025);
				if (read.ok) expect(new Date(read.value).toISOString().slice(0, 10)).toBe(read.value);
			})
		);
	});
});

describe('guessDateOrder', () => {
	it.each<[Cell[], DateOrder]>([
		[[], 'dmy'],
		[['1/3/2025', '2/3/2025'], 'dmy'],
		[['1/3/2025', '25/3/2025'], 'dmy'],
		[['1/3/2025', '3/25/2025', '3/26/2025', '30/1/2025'], 'mdy'],
		[['2025-03-01', '٢٠٢٥/٠٣/٠٢'], 'ymd'],
		[[45_717, null, 'x', '13/25'], 'dmy'],
		[['3/25', '3/26'], 'mdy']
	])('of %j is %s', (cells, order) => {
		expect(guessDateOrder(cells)).toBe(order);
	});
});
