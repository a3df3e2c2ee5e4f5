import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cannotRun, nodePackage, refusal } from './machine.mjs';

const ROOT = join(import.meta.dirname, '../..');
const FIT = { platform: 'linux', arch: 'x64', musl: false, npm: '9.2.0' };

describe('a machine', () => {
	it('is fit with the oldest npm there is for it', () => {
		expect(refusal(FIT)).toBeNull();
	});

	it.each([
		['another platform', { platform: 'freebsd' }, /freebsd x64.+run it on Linux/],
		['another processor', { arch: 'arm' }, /linux arm .+run it on Linux \(x64, arm64\)/],
		['a C library that is not glibc', { musl: true }, /glibc.+run it on Debian/],
		['no npm', { npm: null }, /npm is missing: install Node together with npm/],
		['an old npm', { npm: '8.19.4' }, /npm 9 or newer.+8\.19\.4.+npm install --global npm@10/]
	])('with %s reads one line that says what to do', (_, difference, line) => {
		const reason = refusal({ ...FIT, ...difference });
		expect(reason).toMatch(line);
		expect(reason).not.toContain('\n');
	});

	it('with a Node too old for the rest of prepare reads one line all the same', () => {
		const old = `Object.defineProperty(process, 'versions', { value: { node: '16.20.2' } })`;
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			['--import', `data:text/javascript,${encodeURIComponent(old)}`, 'scripts/prepare.mjs'],
			{ cwd: ROOT, encoding: 'utf8' }
		);
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toMatch(
			/^Halqa is not ready\. It needs Node 18 or newer.+Node 16\.20\.2: install.+\n$/
		);
	});

	it('with an old Node is told before anything is loaded that an old Node cannot load', () => {
		expect(readFileSync(join(ROOT, 'scripts/prepare.mjs'), 'utf8')).not.toMatch(
			/^import |^export |^await |\?\.|\?\?/m
		);
	});

	it.each([
		[
			'error while loading shared libraries: libatomic.so.1: cannot open shared object file',
			/26\.0\.0 needs the library libatomic\.so\.1: install it/
		],
		["node: /lib64/libc.so.6: version `GLIBC_2.28' not found", /run it on a newer one.+glibc 2\.28/]
	])('on which the Node for it does not run is told what it lacks: %s', (said, line) => {
		expect(cannotRun('26.0.0', said)).toMatch(line);
	});

	it('gets its Node from one of the optional packages, and each of those serves one', () => {
		const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		const packages = [
			['linux', 'x64'],
			['linux', 'arm64'],
			['darwin', 'x64'],
			['darwin', 'arm64'],
			['win32', 'x64']
		].map(([platform, arch]) => nodePackage({ platform: platform!, arch: arch! }));
		expect(packages.sort()).toEqual(Object.keys(optionalDependencies).sort());
	});
});
