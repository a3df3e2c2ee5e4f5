import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isMeant, makeRoom, pictureName } from './pictures.ts';

const PICTURE = pictureName('settings/accounts [id] admin', {
	width: 360,
	language: 'ar',
	colorScheme: 'dark'
});

it('is a file whose name any system takes', () => {
	expect(PICTURE).toBe('settings-accounts-id-admin 360 ar dark');
});

it.each([
	'',
	'accounts',
	'accounts-id-admin 360 ar',
	`${PICTURE}.png`,
	`test-results/screens/${PICTURE}.png`,
	'accounts [id] admin'
])('is meant by “%s”', (text) => expect(isMeant(PICTURE, text)).toBe(true));

it.each(['today', 'accounts 360', 'admin 1280', 'admin 360 en', 'admin 360 ar light'])(
	'is not meant by “%s”',
	(text) => expect(isMeant(PICTURE, text)).toBe(false)
);

it('is kept while only others are taken again, and gone when all are', () => {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-screens-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	writeFileSync(join(folder, `${PICTURE}.png`), '');
	makeRoom(folder, 'today');
	expect(readdirSync(folder)).toEqual([`${PICTURE}.png`]);
	makeRoom(folder, '');
	expect(readdirSync(folder)).toEqual([]);
});
