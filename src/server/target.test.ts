import { describe, expect, it } from 'vitest';
import { isText } from './target.ts';

describe('a request target is text', () => {
	it.each([
		'/',
		'/login?lang=ar',
		'/people?q=%D8%A3%D9%85%D9%84+50%',
		'/people?q=50%zz&next=%2Fpeople%3Fq%3D50%2525',
		'/people/%F0%9F%98%80',
		'/people/50%25',
		'/s/12345678?%EF%BB%BF'
	])('%s', (target) => {
		expect(isText(target)).toBe(true);
	});
});

describe('a request target is no text', () => {
	it.each([
		['NUL', '/%00'],
		['NUL in a query', '/login?a=%00'],
		['the byte FF', '/%ff%00'],
		['the byte FF in a query', '/login?a=b%ff'],
		['half a character', '/%d8'],
		['half a character in a query', '/login?a=%d8&b=%a3'],
		['an overlong NUL', '/%c0%80'],
		['an overlong slash', '/login?a=%c0%af'],
		['a lone surrogate', '/%ed%a0%80'],
		['a lone surrogate in a query', '/login?%ed%bf%bf'],
		['beyond Unicode', '/%f4%90%80%80'],
		['a path with a bare sign', '/50%'],
		['a path with half an escape', '/%2'],
		['NUL once decoded twice', '/people/%2500'],
		['the byte FF once decoded twice', '/people/%25ff'],
		['a raw byte', '/\u00ff'],
		['a raw character', '/أمل'],
		['a control', '/\u0001'],
		['a space', '/a b']
	])('%s', (_, target) => {
		expect(isText(target)).toBe(false);
	});
});
