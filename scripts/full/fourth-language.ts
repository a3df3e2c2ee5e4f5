import { execFileSync } from 'node:child_process';
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ofOne, plus, type Count } from '../counts.ts';
import { heading, ROOT } from '../parts.ts';

/** What one more language may add to a page, in bytes on the socket. */
const MORE_BYTES = 1000;
const FOURTH = 'xx';

/** Builds a copy of the project that speaks one language more, and weighs the same pages in both. */
export async function fourthLanguage(): Promise<Count> {
	heading('a fourth language');
	const copy = mkdtempSync(join(tmpdir(), 'halqa-fourth-'));
	try {
		copySources(copy);
		speakAlso(copy);
		execFileSync(
			process.execPath,
			['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
			{
				cwd: copy,
				stdio: ['ignore', 'ignore', 'pipe']
			}
		);
		const [here, there] = [weigh(ROOT), weigh(copy)];
		return Object.entries(here)
			.map(([path, bytes]) => {
				const more = there[path]! - bytes;
				const ok = more <= MORE_BYTES;
				console.log(
					`${ok ? '✓' : '✗'} ${path}: ${bytes} bytes, ${more} more with a fourth language`
				);
				return ofOne(ok);
			})
			.reduce(plus);
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}

/** What git knows or would add, beside the packages that are installed here. */
function copySources(copy: string): void {
	const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const files = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
	for (const file of files.filter(Boolean)) {
		mkdirSync(dirname(join(copy, file)), { recursive: true });
		copyFileSync(join(ROOT, file), join(copy, file));
	}
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
}

/** Its words are the French ones, disfigured, so that no word is that of another language by chance. */
function speakAlso(copy: string): void {
	mkdirSync(join(copy, 'messages', FOURTH));
	for (const file of readdirSync(join(copy, 'messages/fr'))) {
		const french = readFileSync(join(copy, 'messages/fr', file), 'utf8');
		writeFileSync(join(copy, 'messages', FOURTH, file), french.replace(/é/g, 'ø'));
	}
	edit(join(copy, 'project.inlang/settings.json'), /"ar"\]/, `"ar", "${FOURTH}"]`);
	const locale = join(copy, 'src/lib/platform/i18n/locale.ts');
	edit(locale, /'ar'\] as const/, `'ar', '${FOURTH}'] as const`);
	edit(locale, /ar: 'العربية'/, `ar: 'العربية', ${FOURTH}: 'Xenish'`);
}

function edit(file: string, what: RegExp, by: string): void {
	const before = readFileSync(file, 'utf8');
	const after = before.replace(what, by);
	if (after === before) throw new Error(`${file} holds no ${what.source}`);
	writeFileSync(file, after);
}

function weigh(root: string): Record<string, number> {
	const said = execFileSync(process.execPath, ['scripts/full/page-bytes.ts'], {
		cwd: root,
		encoding: 'utf8'
	});
	return JSON.parse(said) as Record<string, number>;
}
