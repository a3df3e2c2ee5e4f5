import { expect, it } from 'vitest';
import { guardianForm } from './forms.ts';

const CALL = { name: 'Hiba', relation: 'mother', contactWay: 'call', phone: '03 123 456' };
const wrong = (typed: object) =>
	(guardianForm.safeParse({ ...CALL, ...typed }).error?.issues ?? []).map(({ path }) => path[0]);

it('asks for a number only where it is used, and for whole safe hours', () => {
	expect(wrong({})).toEqual([]);
	expect(wrong({ phone: undefined })).toEqual(['phone']);
	expect(wrong({ phone: undefined, contactWay: 'message' })).toEqual(['phone']);
	expect(wrong({ phone: undefined, contactWay: 'none' })).toEqual([]);
	expect(wrong({ safeFrom: '09:00', safeUntil: '12:00' })).toEqual([]);
	expect(wrong({ safeFrom: '09:00' })).toEqual(['safeUntil']);
	expect(wrong({ safeUntil: '09:00' })).toEqual(['safeFrom']);
	expect(wrong({ safeFrom: '12:00', safeUntil: '12:00' })).toEqual(['safeUntil']);
});
