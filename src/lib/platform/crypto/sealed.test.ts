import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { blindIndex, keyRing, loadKeyRing, newKeyRing } from './keyring.ts';
import { open, seal, type Sealed } from './sealed.ts';

const ring = keyRing(newKeyRing());
const place = { table: 'person', column: 'name_sealed', row: 'p1' };
const asText = (value: Sealed) => value as unknown as string;
const asSealed = (text: string) => text as unknown as Sealed;

describe('a sealed value', () => {
	it.each(['Amal', 'أمل خ.', '', '.', 'x'.repeat(20_000)])(
		'opens where it was sealed: %j',
		(text) => {
			expect(open(ring, place, seal(ring, place, text))).toBe(text);
		}
	);

	it('shows nothing of the text, and the same text never twice alike', () => {
		const [one, two] = [seal(ring, place, 'Amal'), seal(ring, place, 'Amal')];
		expect(asText(one)).not.toBe(asText(two));
		expect(Buffer.from(asText(one).split('.')[2]!, 'base64url').toString('latin1')).not.toContain(
			'Amal'
		);
	});

	it('filled up, is as long for one text as for another of the same block, and opens without it', () => {
		const length = (text: string) => asText(seal(ring, place, text, 64)).length;
		expect(length('no')).toBe(length('completely'));
		expect(length('ن'.repeat(33))).toBeGreaterThan(length('no'));
		expect(open(ring, place, seal(ring, place, 'نعم', 64))).toBe('نعم');
		expect(open(ring, place, seal(ring, place, '', 64))).toBe('');
	});

	it.each([
		['row', { ...place, row: 'p2' }],
		['column', { ...place, column: 'note_sealed' }],
		['table', { ...place, table: 'account' }]
	])('does not open in another %s', (_, elsewhere) => {
		expect(() => open(ring, elsewhere, seal(ring, place, 'Amal'))).toThrow();
	});

	it('does not open when any part of it was altered', () => {
		const text = asText(seal(ring, place, 'Amal'));
		const [version, key, packed] = text.split('.') as [string, string, string];
		const bytes = Buffer.from(packed, 'base64url');
		for (let at = 0; at < bytes.length; at += 1) {
			const altered = Buffer.from(bytes);
			altered[at]! ^= 1;
			const value = asSealed(`${version}.${key}.${altered.toString('base64url')}`);
			expect(() => open(ring, place, value), `byte ${at}`).toThrow();
		}
	});

	it.each(['', 'Amal', '1.k1.', '1.k1.AAAA', '2.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
		'is not made of %j',
		(text) => expect(() => open(ring, place, asSealed(text))).toThrow()
	);

	it('does not open with a ring that has another key of the same name', () => {
		expect(() => open(keyRing(newKeyRing()), place, seal(ring, place, 'Amal'))).toThrow();
	});

	it('says which key is missing', () => {
		const { keys } = newKeyRing();
		const other = keyRing({ current: 'k2', keys: { k2: keys['k1']! } });
		expect(() => open(other, place, seal(ring, place, 'Amal'))).toThrow(
			'The key ring does not hold key k1'
		);
	});

	it('opens with an old key that is still in the ring', () => {
		const [old, next] = [newKeyRing().keys['k1']!, newKeyRing().keys['k1']!];
		const before = keyRing({ current: 'k1', keys: { k1: old } });
		const after = keyRing({ current: 'k2', keys: { k1: old, k2: next } });
		expect(open(after, place, seal(before, place, 'Amal'))).toBe('Amal');
	});
});

describe('the key ring', () => {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-ring-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	it('is a file its owner alone may read, made once', () => {
		const path = join(folder, 'keys/ring.json');
		const made = loadKeyRing(path, true);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		const value = seal(made, place, 'Amal');
		expect(open(loadKeyRing(path, true), place, value)).toBe('Amal');
	});

	it('is not made when it may not be, and says what that means', () => {
		const path = join(folder, 'missing.json');
		expect(() => loadKeyRing(path, false)).toThrow(/missing\.json is missing.*cannot be read/);
	});

	it.each([
		['no JSON', '{'],
		['a short key', JSON.stringify({ current: 'k1', keys: { k1: 'AAAA' } })],
		['no current key', JSON.stringify({ ...newKeyRing(), current: 'k2' })]
	])('is refused when it holds %s', (name, text) => {
		const path = join(folder, `${name}.json`);
		writeFileSync(path, text);
		expect(() => loadKeyRing(path, false)).toThrow();
	});

	it('gives each purpose its own key, and each index its own fingerprints', () => {
		expect(ring.derive('k1', 'seal')).not.toEqual(ring.derive('k1', 'once'));
		expect(blindIndex(ring, 'account.email', 'a')).not.toBe(blindIndex(ring, 'attempt', 'a'));
		expect(blindIndex(ring, 'account.email', 'a')).toBe(blindIndex(ring, 'account.email', 'a'));
	});
});
