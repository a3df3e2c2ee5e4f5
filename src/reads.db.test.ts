import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import '#lib/features/exports/file.queries.server.ts'; // its thousand words are loaded before the test's time runs
import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import type { StaffActor } from '#lib/platform/access/actor.ts';
import { keyRing, newKeyRing } from '#lib/platform/crypto/keyring.ts';
import { answer, type ArgsOf } from '#lib/platform/reader/reads.ts';
import { openReader, type Reader } from '#lib/platform/reader/reader.server.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addMember,
	addSession,
	addSnapshot,
	addTarget,
	contextOf,
	NOW
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { READS } from './reads.server.ts';

const TODAY = '2026-05-01';
const YEAR = { from: '2026-01-01', to: '2026-12-31', today: TODAY };

/** What each read is asked here; a read that is missing does not type-check. */
const ASKED: { [Name in keyof typeof READS]: ArgsOf<(typeof READS)[Name]> } = {
	'target reach': { today: TODAY },
	'network reach': { today: TODAY },
	'people list': { page: 1 },
	'people found': { words: 'Nour' },
	'people to enrol': { words: 'Nour' },
	'newly reached': { month: '2026-04' },
	'month to publish': { month: '2026-04', today: TODAY },
	'published file': { snapshot: 'added below', format: 'csv', tags: 'none' },
	'period numbers': YEAR,
	'export file': { table: 'cohorts', format: 'csv', month: '2026-04', today: TODAY }
};

let fresh: FreshDatabase;
let here: Setting;
let reader: Reader<typeof READS>;
let folder: string;

beforeAll(async () => {
	const file = newKeyRing();
	fresh = { ...(await freshDatabase()), ring: keyRing(file) };
	folder = mkdtempSync(join(tmpdir(), 'halqa-reads-'));
	const config = { databaseUrl: fresh.url, keyRingFile: join(folder, 'ring.json') };
	writeFileSync(config.keyRingFile, JSON.stringify(file));
	reader = openReader({ ...fresh, config }, READS, resolve('src/reader-thread.ts'));
	here = await aSetting(fresh);
	await addTarget(fresh, { section_id: here.sectionId });
	const session_id = await addSession(fresh, await aCycle(fresh, here), {
		date: '2026-04-07',
		status: 'held'
	});
	for (const name of ['Nour', 'Nour'])
		await fresh.db
			.insertInto('mark')
			.values({
				...{ session_id, section_id: here.sectionId, code: 'present' },
				person_id: await addMember(fresh, here, name)
			})
			.execute();
	await fillNameKeys(fresh.db, fresh.ring);
	ASKED['published file'].snapshot = await addSnapshot(fresh, here.sectionId);
});
afterAll(async () => {
	await reader.close();
	rmSync(folder, { recursive: true });
});

const NETWORK = {
	sectionId: null,
	roles: [{ role: 'network', centreIds: null, bodyId: null }]
} as const;

it.each(Object.keys(READS) as (keyof typeof READS)[])(
	'%s is answered beside as it is here',
	async (name) => {
		const actor: StaffActor =
			name === 'network reach'
				? { ...contextOf(fresh, here.manager).actor, ...NETWORK }
				: contextOf(fresh, here.coordinator).actor;
		const question = { name, args: ASKED[name], actor, locale: 'en', now: NOW } as const;
		const direct = await answer(READS, fresh, question);
		expect(direct).toBeTruthy();
		expect(await reader.read(name, ASKED[name], question)).toEqual(direct);
	}
);
