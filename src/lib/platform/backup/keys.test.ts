import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.ts';
import { newBackupKeys, parsePublicKey, readPrivateKey } from './keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'halqa-backup-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { publicText, privateText } = newBackupKeys();

describe('the public half of a backup key', () => {
	it('is a setting, and one mistyped or missing letter stops the start', () => {
		expect(readConfig({ HALQA_BACKUP_KEY: publicText }).backupKey?.publicText).toBe(publicText);
		for (let at = 0; at < publicText.length; at += 1) {
			const letter = publicText[at] === 'a' ? 'b' : 'a';
			const mistyped = publicText.slice(0, at) + letter + publicText.slice(at + 1);
			const missing = publicText.slice(0, at) + publicText.slice(at + 1);
			for (const HALQA_BACKUP_KEY of [mistyped, missing])
				expect(() => readConfig({ HALQA_BACKUP_KEY }), HALQA_BACKUP_KEY).toThrow(
					/^HALQA_BACKUP_KEY: must be the public half/
				);
		}
	});

	it('is not the private one', () => {
		expect(() => parsePublicKey(privateText)).toThrow();
		expect(() => readConfig({ HALQA_BACKUP_KEY: privateText })).toThrow(/^HALQA_BACKUP_KEY: /);
	});
});

describe('the private half', () => {
	it('is read from a file with remarks and knows its public half', () => {
		const path = join(folder, 'key.txt');
		writeFileSync(path, `# keep apart\r\n\n${privateText}\r\n`);
		expect(readPrivateKey(path).publicText).toBe(publicText);
	});

	it.each([
		['nothing', ''],
		['remarks alone', '# none'],
		['the public half', publicText],
		['a cut key', privateText.slice(0, -1)]
	])('is refused by the name of the file when that holds %s', (name, content) => {
		const path = join(folder, name);
		writeFileSync(path, content);
		expect(() => readPrivateKey(path)).toThrow(`${path} does not hold the private half`);
	});
});
