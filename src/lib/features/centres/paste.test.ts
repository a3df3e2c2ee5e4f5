import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourOf, planPasted, readPasted, type PasteFault } from './paste.rules.ts';
import { findRegions, placeOf, regionsOf } from './regions.rules.ts';

function faults(table: string, country = 'LB'): [number, number, PasteFault][] {
	const read = readPasted(table, country);
	return read.ok
		? []
		: read.problems
				.map(({ line, column, fault }) => [line, column, fault] as const)
				.map(([...all]) => all);
}

function centres(table: string, country = 'LB') {
	const read = readPasted(table, country);
	if (!read.ok) throw new Error(JSON.stringify(read.problems));
	return read.centres;
}

describe('a pasted table', () => {
	it('is read from a spreadsheet with Arabic header, digits, hours and blank lines', () => {
		const table =
			'المركز\tالغرفة\tالسعة\tالمحافظة\tالقضاء\tيفتح\tيغلق\r\n' +
			'الزهور\tالكبيرة\t٢٥\tعكّار\t\t٨\t١٧:٣٠\r\n\r\nالزهور\tالصغيرة\t۱۲\t\t\t\t\r\n';
		expect(centres(table)).toEqual([
			{
				name: 'الزهور',
				at: { line: 2, column: 4 },
				place: { adm1: 'LB7', adm2: null },
				opensAt: '08:00',
				closesAt: '17:30',
				rooms: [
					{ name: 'الكبيرة', capacity: 25 },
					{ name: 'الصغيرة', capacity: 12 }
				]
			}
		]);
	});

	it.each([';', ',', '\t', '؛'])('is read without a header, parted by %j', (mark) => {
		const row = ['"Cedar, the big; one"', 'North', 'Tripoli', 'Hall', '40', '8.30', '16h'];
		expect(centres(row.join(mark))).toMatchObject([
			{
				name: 'Cedar, the big; one',
				place: { adm1: 'LB5', adm2: 'LB56' },
				opensAt: '08:30',
				closesAt: '16:00',
				rooms: [{ name: 'Hall', capacity: 40 }]
			}
		]);
	});

	it('knows the governorate from the district, never from its code', () => {
		const place = (district: string) => centres(`A,,${district}`)[0]!.place;
		expect(place('Baalbek')).toEqual({ adm1: 'LB8', adm2: 'LB21' });
		expect(place('الهرمل')).toEqual({ adm1: 'LB8', adm2: 'LB22' });
		expect(place('akkar')).toEqual({ adm1: 'LB7', adm2: 'LB51' });
	});

	it('names every problem at its line and column', () => {
		const table = [
			'Centre,Governorate,District,Room,Capacity,Opens,Closes,Colour',
			'Sun,Nowhere,,Big,many,8,17',
			',Akkar,,Small,12,,',
			'River,Akkar,Zahle,,30,25,',
			'Moon,Akkar,,Hall,20,18:00,09:00',
			'Moon,South,,Hall,21,,'
		].join('\n');
		expect(faults(table)).toEqual([
			[1, 8, 'header_unknown'],
			[2, 2, 'governorate_unknown'],
			[2, 5, 'capacity'],
			[3, 1, 'required'],
			[4, 3, 'district_elsewhere'],
			[4, 5, 'room_missing'],
			[4, 6, 'time'],
			[5, 7, 'closes_first'],
			[6, 2, 'differs'],
			[6, 5, 'differs']
		]);
	});

	it.each<[string, PasteFault]>([
		['', 'nothing'],
		['Centre,Room', 'nothing'],
		['"Sun,Akkar', 'quote_open'],
		['Sun,Akkar,,,,,,more', 'cell_extra'],
		[`${'x'.repeat(81)},Akkar`, 'too_long'],
		['Sun,Akkar\n'.repeat(501), 'too_many']
	])('%.20j has no way in: %s', (table, fault) => {
		expect(faults(table).map(([, , name]) => name)).toEqual([fault]);
	});

	it('takes codes typed by hand where no list of regions is known', () => {
		expect(centres('Lomé,tg03', 'TG')[0]!.place).toEqual({ adm1: 'TG03', adm2: null });
		expect(faults('Lomé,LB7', 'TG')).toEqual([[1, 2, 'governorate_unknown']]);
	});

	it('never throws, whatever is pasted', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (table) => {
				readPasted(table, 'LB');
			})
		);
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('Sun', 'Akkar', '12', '\t', ';', '"', '\n', ',', '٨:٠٠', '')),
				(parts) => void readPasted(parts.join(''), 'LB')
			)
		);
	});
});

describe('what a pasted table adds', () => {
	const pasted = centres('Sun,Akkar,,Big,20\nsun,,,Small,10\nMoon,South,,Hall,30');

	it('is nothing the second time', () => {
		const { plan } = planPasted(pasted, []);
		expect([plan.centres.length, plan.centres.flatMap(({ rooms }) => rooms).length]).toEqual([
			2, 3
		]);
		const there = plan.centres.map(({ name, rooms }) => ({
			id: name,
			names: ['Autre nom', name.toUpperCase()],
			rooms: rooms.map((room) => [room.name])
		}));
		expect(planPasted(pasted, there)).toEqual({
			plan: { centres: [], rooms: [], same: 5 },
			problems: []
		});
	});

	it('is only the rooms a known centre does not have', () => {
		const { plan } = planPasted(pasted.slice(0, 1), [
			{ id: '1', names: ['Sun'], rooms: [['BIG']] }
		]);
		expect(plan).toEqual({
			centres: [],
			rooms: [{ centreId: '1', rooms: [{ name: 'Small', capacity: 10 }] }],
			same: 2
		});
	});

	it('needs a governorate for a new centre', () => {
		expect(planPasted(centres('Sun,,,Big,20'), []).problems).toEqual([
			{ line: 1, column: 2, fault: 'required', typed: '' }
		]);
	});
});

it.each([
	['8', '08:00'],
	['٨:٠٠', '08:00'],
	['17h30', '17:30'],
	['08:00:00', '08:00'],
	['24:00', undefined],
	['8 in the morning', undefined]
])('the hour %s is %s', (typed, hour) => expect(hourOf(typed)).toBe(hour));

describe('the regions of Lebanon', () => {
	const regions = regionsOf('LB');

	it('are 8 governorates and 26 districts, each under a governorate that is there', () => {
		const above = new Set(regions.filter(({ parent }) => parent === null).map(({ code }) => code));
		const districts = regions.filter(({ parent }) => parent !== null);
		expect([above.size, districts.length, new Set(regions.map(({ code }) => code)).size]).toEqual([
			8, 26, 34
		]);
		expect(districts.every(({ parent }) => above.has(parent!))).toBe(true);
		expect(placeOf('LB', 'LB99')).toBeUndefined();
	});

	it('are each found by code and by every name, and by no other of their level', () => {
		for (const region of regions) {
			const level = region.parent === null ? 'governorate' : 'district';
			for (const name of [region.code, region.en, region.fr, region.ar, ...region.aliases])
				expect([name, findRegions('LB', level, name)]).toEqual([name, [region]]);
		}
	});
});
