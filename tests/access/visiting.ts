import { readFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { keyRing, type KeyRing } from '#lib/platform/crypto/keyring.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { cookieName, startLogin } from '#lib/platform/login/sessions.ts';
import type { RunningApp } from '#tests/harness/app.ts';

const COOKIE = cookieName('http://localhost');

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface Asking {
	method?: string;
	/** `name=value`, as the browser would send it back. */
	cookie?: string;
	headers?: Record<string, string>;
	/** The asker's network address, for an app that is started with `TRUST_PROXY=1`. */
	from?: string;
	body?: string | Buffer;
}

/** Asks without a client that follows redirects, adds headers or refuses methods. */
export function ask(app: RunningApp, path: string, asking: Asking = {}): Promise<Answer> {
	const { method = 'GET', cookie, headers = {}, from = '10.0.0.1', body } = asking;
	const { host, port } = new URL(app.origin);
	return new Promise((resolve, reject) => {
		const asked = request(
			{
				host: '127.0.0.1',
				port,
				path,
				method,
				agent: false,
				headers: {
					host,
					'x-forwarded-for': from,
					...(cookie && { cookie }),
					...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
					...headers
				}
			},
			(answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('error', reject);
				answer.on('end', () =>
					resolve({
						status: answer.statusCode ?? 0,
						headers: answer.headers,
						body: Buffer.concat(parts).toString('utf8')
					})
				);
			}
		);
		asked.on('error', reject).end(body);
	});
}

/** Posts fields as a page of the app would: urlencoded, with its origin. A list repeats its name. */
export function post(
	app: RunningApp,
	path: string,
	fields: Record<string, string | string[]>,
	cookie?: string,
	headers: Record<string, string> = {}
): Promise<Answer> {
	const body = new URLSearchParams(
		Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
	).toString();
	return ask(app, path, {
		method: 'POST',
		...(cookie && { cookie }),
		headers: {
			accept: 'text/html',
			origin: app.origin,
			'content-type': 'application/x-www-form-urlencoded',
			...headers
		},
		body
	});
}

/** The cookie an answer sets, ready to be sent back; undefined when it sets none. */
export function cookieOf({ headers }: Answer): string | undefined {
	return headers['set-cookie']?.find((line) => line.startsWith(`${COOKIE}=`))?.split(';')[0];
}

/** A second pair of hands in the app's own database. */
export interface Backstage {
	db: Db;
	ring: KeyRing;
	/** The instant the app's clock started at, in UTC milliseconds. */
	now: number;
	/** A live login of an account, begun `ago` milliseconds before `now` and not used since; gives its cookie. */
	logIn(accountId: string, ago?: number): Promise<string>;
	/** Turns on the second step of an account that needs one in an organisation of its own. */
	setUpCode(accountId: string): Promise<void>;
	close(): Promise<void>;
}

/** Opens the running app's database and key ring. */
export function backstage(app: RunningApp): Backstage {
	const db = openDatabase(app.databaseUrl);
	const now = app.startedAt;
	const ring = keyRing(JSON.parse(readFileSync(app.keyRingFile, 'utf8')));
	return {
		db,
		now,
		ring,
		setUpCode: async (account_id) => {
			const place = { table: 'account_code', column: 'secret_sealed', row: account_id };
			const secret_sealed = seal(ring, place, 'JBSWY3DPEHPK3PXP');
			const code = { account_id, secret_sealed, last_step: 0, made_at: now };
			await db.insertInto('account_code').values(code).execute();
		},
		logIn: async (accountId, ago = 0) => `${COOKIE}=${await startLogin(db, accountId, now - ago)}`,
		close: () => db.destroy()
	};
}

/** Tables that a request may write to without doing anything for its asker, and those of work nobody asks for. */
const OF_OTHERS = [
	...['login_session', 'login_attempt'],
	...['job', 'changed_person', 'possible_pair', 'alert_clock']
];

/** Every row of every table but those of logins and jobs, as text: equal texts mean that nothing has changed. */
export async function contentsOf(db: Db): Promise<string> {
	const tables = (await db.introspection.getTables()).map(({ name }) => name).sort();
	const parts = [];
	for (const table of tables.filter((name) => !OF_OTHERS.includes(name))) {
		const rows = await db
			.selectFrom(table as 'person')
			.selectAll()
			.execute();
		parts.push(table, ...rows.map((row) => JSON.stringify(row)).sort());
	}
	return parts.join('\n');
}
