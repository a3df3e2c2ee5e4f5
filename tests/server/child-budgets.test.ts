import { Agent, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COHORTS, OPEN_CODE, SECTIONS } from '#lib/features/example/cast.ts';
import { BANDS, formFor, optionsOf, type Band } from '#lib/features/feedback/bank.ts';
import { backstage, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/**
 * What a child's page costs on a slow line, counted on the socket: headers and bodies as a browser gets
 * them, with everything a browser fetches for a page by itself.
 */
const FIRST_SCREEN_BYTES = 8_000;
const FIRST_ANSWER_BYTES = 14_600;
/** The oldest read a welcome first: a screen and a post more. */
const FIRST_ANSWER_AFTER_WELCOME_BYTES = 16_500;

let app: RunningApp;
let stage: Backstage;
beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

interface Loaded {
	status: number;
	location: string;
	body: string;
	bytes: number;
}

/** A browser that keeps cookies and files with a hash in their name, and counts what it is sent. */
class Browser {
	#cookies = new Map<string, string>();
	#kept = new Set<string>();
	bytes = 0;

	/** Opens a page with all it wants; follows where a post leads. */
	async open(path: string, form?: Record<string, string>): Promise<string> {
		const page = await this.#load(path, form);
		if (page.status === 303) return this.open(page.location);
		expect(page.status).toBe(200);
		for (const wanted of wantedBy(page.body)) {
			const { pathname } = new URL(wanted, app.origin + path);
			if (this.#kept.has(pathname)) continue;
			expect((await this.#load(pathname)).status).toBe(200);
			if (pathname.startsWith('/_app/immutable/')) this.#kept.add(pathname);
		}
		return page.body;
	}

	async #load(path: string, form?: Record<string, string>): Promise<Loaded> {
		const agent = new Agent({ keepAlive: true });
		const { promise, resolve, reject } = Promise.withResolvers<Loaded>();
		request(
			app.origin + path,
			{
				agent,
				method: form ? 'POST' : 'GET',
				headers: {
					accept: 'text/html',
					'accept-encoding': 'gzip, deflate, br',
					origin: app.origin,
					...(this.#cookies.size > 0 && { cookie: [...this.#cookies.values()].join('; ') }),
					...(form && { 'content-type': 'application/x-www-form-urlencoded' })
				}
			},
			(answer) => {
				const { socket } = answer;
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('end', () => {
					for (const line of answer.headers['set-cookie'] ?? [])
						this.#cookies.set(line.split('=')[0]!, line.split(';')[0]!);
					resolve({
						status: answer.statusCode ?? 0,
						location: answer.headers.location ?? '',
						body: unpacked(Buffer.concat(parts), answer.headers['content-encoding']),
						bytes: socket.bytesRead
					});
				});
			}
		)
			.on('error', reject)
			.end(form && new URLSearchParams(form).toString());
		const loaded = await promise;
		agent.destroy();
		this.bytes += loaded.bytes;
		return loaded;
	}
}

function unpacked(body: Buffer, encoding: string | undefined): string {
	if (encoding === 'br') return brotliDecompressSync(body).toString('utf8');
	if (encoding === 'gzip') return gunzipSync(body).toString('utf8');
	return body.toString('utf8');
}

/** Addresses a page makes a browser fetch: scripts, styles, pictures, icon and manifest; an icon nobody names too. */
function wantedBy(html: string): string[] {
	const tags = [...html.matchAll(/<(link|script|img|source|iframe|use|image)\b[^>]*>/g)].map(
		([tag]) => tag
	);
	const wanted = tags
		.filter((tag) => !/\sdisabled\b/.test(tag))
		.flatMap((tag) => /\s(?:src|href)="([^"]*)"/.exec(tag)?.[1] ?? []);
	const styled = Array.from(html.matchAll(/url\(["']?([^"')]+)/g), ([, url]) => url!);
	if (!tags.some((tag) => tag.includes('rel="icon"'))) wanted.push('/favicon.ico');
	return [...wanted, ...styled].filter((url) => !/^(data:|#)/.test(url));
}

/** Makes the open code one for these ages, in this language, with the longest form. */
async function setUp(band: Band, language: string): Promise<void> {
	const age = band === 'adult' ? 30 : Number(band.split('-')[1]);
	const { db } = stage;
	await db
		.updateTable('person')
		.set({ birth_year: new Date(app.startedAt).getUTCFullYear() - age })
		.where('id', 'in', (members) =>
			members
				.selectFrom('cohort_member')
				.select('person_id')
				.where('cohort_id', '=', COHORTS.littleStars)
		)
		.execute();
	await db
		.updateTable('section')
		.set({ locale: language })
		.where('id', '=', SECTIONS.lebanon)
		.execute();
	await db
		.updateTable('feedback_code')
		.set({ length: 'full' })
		.where('code', '=', OPEN_CODE)
		.execute();
}

describe.each(['en', 'ar-LB'])('in %s', (language) => {
	it.each(BANDS)('the first answer at %s costs no more than the budget', async (band) => {
		await setUp(band, language);
		const browser = new Browser();
		const path = `/s/${OPEN_CODE}`;
		const first = await browser.open(path);
		expect(first).toContain(`<html lang="${language.split('-')[0]}"`);
		const screenBytes = browser.bytes;
		expect(screenBytes).toBeLessThanOrEqual(FIRST_SCREEN_BYTES);
		const hasWelcome = band === '14-17' || band === 'adult';
		if (hasWelcome) await browser.open(`${path}?/answer`, {});
		const form = formFor(band, 'full');
		const [item] = form.items;
		const answer = optionsOf(item!, form)!.at(-1)!;
		const next = await browser.open(`${path}?/answer`, { item: item!, answer });
		expect(next).toContain('?/back');
		expect(next).not.toBe(first);
		expect(browser.bytes).toBeLessThanOrEqual(
			hasWelcome ? FIRST_ANSWER_AFTER_WELCOME_BYTES : FIRST_ANSWER_BYTES
		);
	});

	it('nothing but the answer itself is needed to draw the first screen', async () => {
		await setUp('6-9', language);
		const html = await new Browser().open(`/s/${OPEN_CODE}`);
		const deferred = Array.from(
			html.matchAll(/<script defer(?:="")? src="([^"]+)"/g),
			([, src]) => src
		);
		expect(wantedBy(html)).toEqual(deferred);
	});

	it('whoever may not come in, or needs help, waits for one small answer as well', async () => {
		for (const path of ['/s', '/s/99999999/help', `/s/${OPEN_CODE}/help`]) {
			const browser = new Browser();
			await browser.open(path);
			expect(browser.bytes).toBeLessThanOrEqual(FIRST_SCREEN_BYTES);
		}
	});
});
