import { beforeEach, expect, it } from 'vitest';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSession, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { findSession } from './queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

it('names who runs a session in the order of the reader’s language', async () => {
	const sessionId = await addSession(fresh, await aCycle(fresh, here), { date: '2026-05-05' });
	const names = ['Zeina', 'هبة', 'Adam', 'أحمد'];
	const adults = [];
	for (const name of names)
		adults.push(await addAccount(fresh, { ...here, name, centreIds: [here.centreId] }));
	await fresh.db
		.insertInto('session_facilitator')
		.values(
			adults.map(({ id }) => ({
				session_id: sessionId,
				account_id: id,
				section_id: here.sectionId
			}))
		)
		.execute();
	const runners = async (locale: 'fr' | 'ar') =>
		(await findSession(contextOf(fresh, here.coordinator), sessionId, locale))!.facilitators.filter(
			(name) => names.includes(name)
		);
	expect(await runners('ar')).toEqual(['أحمد', 'هبة', 'Adam', 'Zeina']);
	expect(await runners('fr')).toEqual(['Adam', 'Zeina', 'أحمد', 'هبة']);
});
