import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNTS, COHORTS, OPEN_CODE, PEOPLE, ROADMAPS } from '#lib/features/example/cast.ts';
import { builtRoutes } from '#tests/access/built.ts';
import type { Backstage } from '#tests/access/visiting.ts';
import type { Target } from './requests.ts';

const SOURCES = join(import.meta.dirname, '../../src');
const LOGINS_EACH = 3;
const FRAMEWORK_PATHS = [
	...['/_app/env.js', '/_app/version.json', '/_app/immutable/x.js', '/_app/remote/x/y', '/_app/'],
	...['/icon.svg', '/favicon.ico', '/error.css', '/nothing-here', '/__data.json', '/__route.js']
];

/** Everything the app has to be asked for, in the names of everybody in the example and of nobody. */
export async function wholeApp(origin: string, { db, logIn }: Backstage): Promise<Target> {
	const routes = await builtRoutes();
	const sessions = await db.selectFrom('session').select('id').limit(20).execute();
	const cookies = [];
	for (let turn = 0; turn < LOGINS_EACH; turn++)
		for (const { id } of ACCOUNTS) cookies.push(await logIn(id));
	return {
		origin,
		routes: routes.map(({ id, actions }) => ({
			path: id.replaceAll(/\/\([^)]+\)/g, '') || '/',
			actions
		})),
		paths: FRAMEWORK_PATHS,
		fields: fieldNames(),
		ids: [
			...[OPEN_CODE, crypto.randomUUID(), ...sessions.map(({ id }) => id)],
			...[COHORTS, PEOPLE, ROADMAPS].flatMap((known) => Object.values(known).flat())
		],
		cookies
	};
}

/** Names of fields as the shapes of forms spell them. */
function fieldNames(): string[] {
	const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
	const texts = files
		.filter((name) => name.endsWith('forms.ts'))
		.map((name) => readFileSync(join(SOURCES, name), 'utf8'));
	const names = texts.flatMap((text) =>
		[...text.matchAll(/^\t+(\w+): /gm)].map(([, name]) => name!)
	);
	return [...new Set(names)].sort();
}
