import { ACCOUNTS } from '#lib/features/example/cast.ts';
import type { Role } from '#lib/platform/access/roles.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { backstage } from '#tests/access/visiting.ts';
import { startApp } from './app.ts';
import { SocketBrowser, type Fetched } from './socket-browser.ts';

const STAFF_PAGES: readonly { role: Role; path: string }[] = [
	{ role: 'facilitator', path: '/today' },
	{ role: 'manager', path: '/targets' }
];

export interface FirstVisit {
	path: string;
	language: Locale;
	fetched: readonly Fetched[];
	bytes: number;
}

/** Opens heavy pages of the staff in these languages, each with a browser that has nothing yet. */
export async function firstVisits(languages: readonly Locale[]): Promise<FirstVisit[]> {
	await using app = await startApp();
	const stage = backstage(app);
	const visits: FirstVisit[] = [];
	for (const { role, path } of STAFF_PAGES) {
		const cookie = await stage.logIn(ACCOUNTS.find((account) => account.role === role)!.id);
		for (const language of languages) {
			const browser = new SocketBrowser(app.origin, cookie);
			await browser.open(`${path}?lang=${language}`);
			visits.push({ path, language, fetched: browser.fetched, bytes: browser.bytes });
		}
	}
	await stage.close();
	return visits;
}
