import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parseSync } from 'vite';

interface Loaded {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
	bytes: number;
}

/** An answer that a browser fetched: its address and what it weighs on the socket, headers included. */
export interface Fetched {
	path: string;
	/** As text, unpacked. */
	body: string;
	bytes: number;
}

/**
 * A browser without an engine, that counts on the socket what it is sent. It keeps cookies, and files with
 * a hash in their name; it fetches what a page, its headers, its scripts and its styles ask for.
 */
export class SocketBrowser {
	readonly #origin: string;
	readonly #cookies = new Map<string, string>();
	readonly #kept = new Set<string>();
	readonly fetched: Fetched[] = [];

	/** @param cookie `name=value`, sent from the start */
	constructor(origin: string, cookie?: string) {
		this.#origin = origin;
		if (cookie) this.#keepCookie(cookie);
	}

	get bytes(): number {
		return this.fetched.reduce((sum, { bytes }) => sum + bytes, 0);
	}

	/** Opens a page with all it wants; follows where a post leads. Throws when something is not answered by 200. */
	async open(path: string, form?: Record<string, string>): Promise<string> {
		const page = await this.#load(path, form);
		if (page.status === 303) return this.open(page.headers.location!);
		if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
		const text = page.body.replace(/<script\b[^]*?<\/script>|<style\b[^]*?<\/style>/g, '');
		const wanted = [
			...wantedBy(page.body),
			...wantedByHeader(String(page.headers.link ?? '')),
			...startedBy(page.body)
		];
		await this.#fetchAll(
			wanted.map((url) => new URL(url, this.#origin + path)),
			text
		);
		return page.body;
	}

	/** Fetches files and what they lead to, each once. `text` decides which fonts are wanted. */
	async #fetchAll(urls: URL[], text: string): Promise<void> {
		for (const url of urls) {
			const { pathname } = url;
			if (this.#kept.has(pathname)) continue;
			const file = await this.#load(pathname);
			if (file.status !== 200) throw new Error(`${pathname} answered ${file.status}`);
			if (pathname.startsWith('/_app/immutable/')) this.#kept.add(pathname);
			const further = pathname.endsWith('.js')
				? importsOf(file.body)
				: pathname.endsWith('.css')
					? fontsFor(text, file.body)
					: [];
			await this.#fetchAll(
				further.map((reference) => new URL(reference, url)),
				text
			);
		}
	}

	async #load(path: string, form?: Record<string, string>): Promise<Loaded> {
		const agent = new Agent({ keepAlive: true });
		const { promise, resolve, reject } = Promise.withResolvers<Loaded>();
		request(
			this.#origin + path,
			{
				agent,
				method: form ? 'POST' : 'GET',
				headers: {
					accept: 'text/html',
					'accept-encoding': 'gzip, deflate, br',
					origin: this.#origin,
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
						this.#keepCookie(line.split(';')[0]!);
					resolve({
						status: answer.statusCode ?? 0,
						headers: answer.headers,
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
		this.fetched.push({ path, body: loaded.body, bytes: loaded.bytes });
		return loaded;
	}

	#keepCookie(pair: string): void {
		this.#cookies.set(pair.split('=')[0]!, pair);
	}
}

function unpacked(body: Buffer, encoding: string | undefined): string {
	if (encoding === 'br') return brotliDecompressSync(body).toString('utf8');
	if (encoding === 'gzip') return gunzipSync(body).toString('utf8');
	return body.toString('utf8');
}

/** Addresses a page makes a browser fetch: scripts, styles, pictures, icon and manifest; an icon nobody names too. */
export function wantedBy(html: string): string[] {
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

function wantedByHeader(link: string): string[] {
	return Array.from(link.matchAll(/<([^>]+)>; rel="(?:module)?preload"/g), ([, url]) => url!);
}

/** The modules a page starts by itself. */
function startedBy(html: string): string[] {
	return Array.from(html.matchAll(/import\("([^"]+)"\)/g), ([, url]) => url!);
}

/** What a module cannot run without, and the frame and the error page that SvelteKit's client gets at once. */
function importsOf(script: string): string[] {
	const { module } = parseSync('chunk.js', script);
	const atOnce = Array.from(
		script.matchAll(/import\([`"'](\.\.\/nodes\/[01]\.[^`"']+)/g),
		([, url]) => url!
	);
	return [...module.staticImports.map((one) => one.moduleRequest.value), ...atOnce];
}

/** The fonts of a stylesheet that hold a character of this text. */
function fontsFor(text: string, css: string): string[] {
	const characters = new Set(text);
	const points = [...characters].map((character) => character.codePointAt(0)!);
	return Array.from(css.matchAll(/@font-face\s*\{([^}]*)\}/g), ([, face]) => face!).flatMap(
		(face) => {
			const ranges = rangesOf(/unicode-range:\s*([^;}]+)/.exec(face)?.[1] ?? 'U+0-10FFFF');
			const isWanted = points.some((point) =>
				ranges.some(([from, to]) => point >= from && point <= to)
			);
			return isWanted ? (/url\(["']?([^"')]+)/.exec(face)?.[1] ?? []) : [];
		}
	);
}

function rangesOf(list: string): [number, number][] {
	return list.split(',').map((part) => {
		const [from, to] = part.trim().slice(2).split('-');
		const wild = (digit: string) => Number.parseInt(from!.replaceAll('?', digit), 16);
		return [wild('0'), to ? Number.parseInt(to, 16) : wild('F')];
	});
}
