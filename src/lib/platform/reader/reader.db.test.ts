import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keyRing, newKeyRing } from '#lib/platform/crypto/keyring.ts';
import { describeError } from '#lib/platform/log/errors.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { aGate, arrivalAt, openGate, TEST_READS } from '#tests/factories/reads.ts';
import { addCentre, contextOf, type Account } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';
import { TooBusy } from './queue.ts';
import { openReader, type Reader } from './reader.server.ts';
import { readerThread } from './thread.server.ts';

const ENTRY = resolve('tests/harness/reader-thread.ts');

interface Stage {
	fresh: FreshDatabase;
	here: Setting;
	reader: Reader<typeof TEST_READS>;
	settings: { databaseUrl: string; keyRingFile: string };
}

async function aStage(): Promise<Stage> {
	const file = newKeyRing();
	const fresh = { ...(await freshDatabase()), ring: keyRing(file) };
	const folder = mkdtempSync(join(tmpdir(), 'halqa-reader-'));
	const settings = { databaseUrl: fresh.url, keyRingFile: join(folder, 'ring.json') };
	writeFileSync(settings.keyRingFile, JSON.stringify(file));
	const reader = openReader({ ...fresh, config: settings }, TEST_READS, ENTRY);
	onTestFinished(async () => {
		await reader.close();
		rmSync(folder, { recursive: true });
	});
	return { fresh, here: await aSetting(fresh), reader, settings };
}

function by(fresh: FreshDatabase, account: Account, locale: 'en' | 'ar' = 'en') {
	const { actor, now } = contextOf(fresh, account);
	return { actor, now, locale };
}

it('answers in the scope and the language of each asker', async () => {
	const { fresh, here, reader } = await aStage();
	await addCentre(fresh, here.sectionId);
	const [manager, coordinator] = [by(fresh, here.manager), by(fresh, here.coordinator)];
	const asked = [manager, coordinator, manager, coordinator];
	expect(await Promise.all(asked.map((one) => reader.read('centres seen', null, one)))).toEqual([
		2, 1, 2, 1
	]);
	const languages = [manager, by(fresh, here.manager, 'ar')];
	if (!testsRunOnPostgres())
		expect(await Promise.all(languages.map((one) => reader.read('language', null, one)))).toEqual([
			'en',
			'ar'
		]);
});

it('sees what was written before it was asked', async () => {
	const { fresh, here, reader } = await aStage();
	const manager = by(fresh, here.manager);
	expect(await reader.read('centres seen', null, manager)).toBe(1);
	await addCentre(fresh, here.sectionId);
	expect(await reader.read('centres seen', null, manager)).toBe(2);
});

it('fails as the read does, and without its message, which may quote a row', async () => {
	const { fresh, here, reader } = await aStage();
	const failure = await reader.read('fail', null, by(fresh, here.manager)).catch((one) => one);
	expect(describeError(failure)).toMatchObject({ error: 'TypeError', code: 'PLANTED' });
	expect(describeError(failure).at?.[0]).toContain('reads.ts');
	if (!testsRunOnPostgres()) expect(String(failure.stack)).not.toContain('Amal');
});

it('refuses a name that is no read, and an asker who belongs to no section', async () => {
	const { fresh, here, reader } = await aStage();
	const manager = by(fresh, here.manager);
	await expect(reader.read('constructor' as 'write', null, manager)).rejects.toThrow();
	const network = { ...manager, actor: { ...manager.actor, sectionId: null } };
	await expect(reader.read('centres seen', null, network)).rejects.toThrow();
});

/** PostgreSQL computes elsewhere anyway; there is no thread. */
const onThread = testsRunOnPostgres() ? () => undefined : describe;

onThread('beside the serving thread', () => {
	it('keeps nobody waiting who asks this thread, and gives a later asker what was written meanwhile', async () => {
		const { fresh, here, reader } = await aStage();
		const manager = by(fresh, here.manager);
		const gate = aGate();
		const happened: string[] = [];
		const first = reader.read('centres seen, slowly', { gate }, manager);
		void first.then(() => happened.push('figures'));
		await arrivalAt(gate);
		await addCentre(fresh, here.sectionId);
		happened.push('a write');
		const later = reader.read('centres seen, slowly', { gate }, manager);
		openGate(gate);
		expect(await first).toBe(1);
		expect(await later).toBe(2);
		expect(happened).toEqual(['a write', 'figures']);
	});

	it('cannot write', async () => {
		const { fresh, here, reader } = await aStage();
		const manager = by(fresh, here.manager);
		const refusal = await reader.read('write', null, manager).catch((one) => one);
		expect(describeError(refusal).code).toBe('SQLITE_READONLY');
		expect(await reader.read('centres seen', null, manager)).toBe(1);
	});

	it('fails what a dying thread was asked, and answers the next out of another', async () => {
		const { fresh, here, reader } = await aStage();
		const manager = by(fresh, here.manager);
		const asked = [
			reader.read('die', null, manager),
			reader.read('centres seen', null, by(fresh, here.coordinator))
		];
		const [died] = await Promise.allSettled(asked);
		expect(died!.status).toBe('rejected');
		expect(await reader.read('centres seen', null, manager)).toBe(1);
	});

	it('ends a read that takes too long, says so, and does not hold up the next', async () => {
		const { fresh, here, settings } = await aStage();
		const { actor, now } = contextOf(fresh, here.manager);
		const gate = aGate();
		const thread = readerThread(ENTRY, settings, 1);
		const name = 'centres seen, slowly';
		await expect(
			thread.compute({ name, args: { gate }, actor, locale: 'en', now })
		).rejects.toThrow(TooBusy);
		await thread.close();
	});

	it('fails what is still asked for when it is closed', async () => {
		const { fresh, here, reader } = await aStage();
		const gate = aGate();
		const asked = reader.read('centres seen, slowly', { gate }, by(fresh, here.manager));
		await arrivalAt(gate);
		await Promise.all([expect(asked).rejects.toThrow('closed'), reader.close()]);
	});
});
