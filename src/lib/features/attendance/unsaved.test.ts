import { describe, expect, it } from 'vitest';
import { fateOf, readUnsaved, stillUnsaved, type OpenedRegister } from './unsaved.rules.ts';

const OPENED: OpenedRegister = {
	version: 3,
	marks: { nour: 'present', rami: 'absent', late: undefined },
	headcount: '12'
};
const KEPT = { version: 3, at: 1, marks: { nour: 'late' as const }, headcount: null };

describe('what a device kept of a register', () => {
	it('goes back into the register it was typed into', () => {
		expect(fateOf(stillUnsaved(KEPT, OPENED), OPENED)).toBe('restore');
		const counted = { ...KEPT, marks: {}, headcount: '13' };
		expect(fateOf(stillUnsaved(counted, OPENED), OPENED)).toBe('restore');
	});

	it('is asked about when another version was saved since', () => {
		expect(fateOf(stillUnsaved({ ...KEPT, version: 2 }, OPENED), OPENED)).toBe('ask');
	});

	it('is done with when the register says all of it, whoever saved it', () => {
		const saved = { ...KEPT, version: 2, marks: { nour: 'present' as const }, headcount: ' 12 ' };
		expect(fateOf(stillUnsaved(saved, OPENED), OPENED)).toBe('done');
	});

	it('counts only what the register does not say, of people it names', () => {
		const marks = { nour: 'present', rami: 'late', late: 'absent', gone: 'late' } as const;
		expect(stillUnsaved({ ...KEPT, marks, headcount: '13' }, OPENED)).toMatchObject({
			marks: { rami: 'late', late: 'absent' },
			headcount: '13'
		});
	});

	it('is nothing when it is no register', () => {
		for (const kept of [
			null,
			'x',
			{},
			{ ...KEPT, version: '3' },
			{ ...KEPT, marks: { nour: 'Nour' } },
			{ ...KEPT, marks: null }
		])
			expect(readUnsaved(kept)).toBe(undefined);
		expect(readUnsaved({ ...KEPT, headcount: 4 })).toEqual(KEPT);
	});
});
