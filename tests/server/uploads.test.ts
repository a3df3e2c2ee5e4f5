import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
	app = await startApp({ env: { HALQA_EXAMPLE: '0', TRUST_PROXY: '1' } });
});
afterAll(() => app.stop());

const MB = 1024 * 1024;
/** Fields of 8 KB each. */
const PIECE = Buffer.from(`&b=${'a'.repeat(8189)}`.repeat(8));
let turn = 0;

interface Sending {
	bytes: number;
	/** Whether its length is told at the beginning. */
	announced: boolean;
	headers?: Record<string, string>;
}

/** Sends a form of so many bytes, piece by piece, to its end; whoever is cut off before that fails. */
function send(path: string, { bytes, announced, headers }: Sending): Promise<Answer> {
	turn += 1;
	return new Promise((resolve, reject) => {
		const asked = request(
			app.origin + path,
			{
				method: 'POST',
				agent: false,
				headers: {
					origin: app.origin,
					accept: 'text/html',
					'accept-language': 'ar',
					'content-type': 'application/x-www-form-urlencoded',
					'x-forwarded-for': `10.0.0.${turn}`,
					connection: 'keep-alive',
					...(announced && { 'content-length': String(bytes) }),
					...headers
				}
			},
			(answer) => {
				let body = '';
				answer.setEncoding('utf8').on('data', (text: string) => (body += text));
				answer.on('end', () =>
					resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body })
				);
			}
		);
		asked.on('error', reject);
		let left = bytes;
		const write = () => {
			while (left > 0) {
				const piece = PIECE.subarray(0, Math.min(left, PIECE.length));
				left -= piece.length;
				if (!asked.write(piece)) return void asked.once('drain', write);
			}
			asked.end();
		};
		write();
	});
}

/** Megabytes of memory the app has taken at most since it started, where the system tells. */
function mostMemory(): number {
	if (!existsSync('/proc/self/status')) return 0;
	const [, kilobytes = ''] =
		/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}

describe('a body that is too large', () => {
	it.each([
		['announced, where files may be sent', '/imports', 50 * MB, true, 'ميغابايت'],
		['announced, elsewhere', '/login?/login', 50 * MB, true, 'دفعة واحدة'],
		['announced, a little too much', '/login?/login', 512 * 1024 + 1, true, 'دفعة واحدة'],
		['not announced, elsewhere', '/login?/login', 50 * MB, false, 'دفعة واحدة'],
		['not announced, a little too much', '/login?/login', 512 * 1024 + 1, false, 'دفعة واحدة']
	])(
		'%s, is refused on a page in the language of its reader',
		async (_, path, bytes, announced, words) => {
			const before = mostMemory();
			const answer = await send(path, { bytes, announced });
			expect(answer.status).toBe(413);
			expect(answer.body).toContain('lang="ar" dir="rtl"');
			expect(answer.body).toContain(words);
			expect(mostMemory() - before).toBeLessThan(150);
		}
	);

	it('is told to a page that sends by script as a failed action', async () => {
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		const answer = await send('/login?/login', { bytes: 5 * MB, announced: true, headers });
		expect(answer.status).toBe(413);
		expect(JSON.parse(answer.body)).toMatchObject({
			type: 'error',
			error: { message: expect.stringContaining('دفعة واحدة') }
		});
	});
});

it.each([true, false])('a body just small enough is read, announced: %s', async (announced) => {
	const { status } = await send('/login?/login', { bytes: 512 * 1024, announced });
	expect(status).toBe(422);
});

it('nobody outside can say of a body that it is too large', async () => {
	const headers = { 'x-halqa-too-large': '1' };
	const answer = await send('/login?/login', { bytes: 90, announced: true, headers });
	expect(answer.status).toBe(422);
});

it('a file where files may be sent is not too large', async () => {
	const { status } = await send('/imports', { bytes: 20 * MB, announced: true });
	expect(status).not.toBe(413);
});
