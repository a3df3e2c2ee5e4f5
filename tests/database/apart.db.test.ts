import { beforeEach, describe, expect, it } from 'vitest';
import { listNetworkReach } from '#lib/features/publishing/outside.queries.server.ts';
import { listSnapshots } from '#lib/features/publishing/queries.server.ts';
import { listRoadmaps } from '#lib/features/roadmap/queries.server.ts';
import { networkScopeOf, type NetworkScope } from '#lib/platform/access/actor.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { insertAccount } from '#lib/platform/login/account-rows.ts';
import { findLinkHolder, takeLink } from '#lib/platform/login/links.ts';
import { rememberAccount } from '#lib/platform/login/known-browser.ts';
import {
	giveNetworkAccount,
	listNetworkAccounts,
	switchOffNetworkAccount
} from '#lib/platform/login/network-accounts.ts';
import { findAccountByEmail, findActor } from '#lib/platform/login/sessions.ts';
import { CAST } from '#lib/features/example/cast.ts';
import { loadExample } from '#lib/features/example/example.server.ts';
import { addRoadmap, addSection, addSnapshot, addTarget, NOW } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';

const EMAIL = 'claire@network.example';
const claire = { email: EMAIL, name: 'Claire', locale: 'fr', now: NOW } as const;
const PASSWORD = 'seven olive trees in a row';

let fresh: FreshDatabase;
beforeEach(async () => {
	fresh = await freshDatabase();
});

const idOf = async (email: string) =>
	(await findAccountByEmail(fresh.db, fresh.ring, email))?.id ?? 'nobody';
const actorNamed = async (email: string) => findActor(fresh.db, fresh.ring, await idOf(email));

/** Makes the account and chooses its password; answers who it is. */
async function join() {
	const { token } = (await giveNetworkAccount(fresh.db, fresh.ring, claire))!;
	const holder = (await findLinkHolder(fresh.db, fresh.ring, token, NOW))!;
	expect(holder).toMatchObject({ sectionId: null, sectionTexts: null, kind: 'invite' });
	const chosen = { token, password: PASSWORD, locale: 'fr', now: NOW } as const;
	expect(await takeLink(fresh.db, holder, chosen)).toBe(true);
	return (await actorNamed(EMAIL))!;
}

describe('example data and an organisation’s own', () => {
	const views = async (network: NetworkScope) => {
		const reader = { db: fresh.db, network, now: NOW };
		const targets = await listNetworkReach(reader, '2026-05-04', 'en');
		const roadmaps = await listRoadmaps(reader, 'en');
		return {
			targets: targets.map(({ section }) => section),
			roadmaps: roadmaps.map(({ section }) => section),
			published: [...new Set((await listSnapshots(reader, 'en')).map(({ section }) => section))]
		};
	};

	it('are never in one view of the network', async () => {
		const sectionId = await addSection(fresh, 'Amal');
		await addTarget(fresh, { section_id: sectionId });
		await addRoadmap(fresh, { section_id: sectionId });
		await addSnapshot(fresh, sectionId);
		await loadExample(fresh.db, fresh.ring, { today: '2026-05-04', passwordHash: 'x' });
		const own = networkScopeOf(await join())!;
		const everybodys = await findActor(fresh.db, fresh.ring, CAST.network.id);
		const theirs = await views(networkScopeOf(everybodys!)!);
		expect(await views(own)).toEqual({
			targets: ['Amal'],
			roadmaps: ['Amal'],
			published: ['Amal']
		});
		expect(theirs.targets.length).toBeGreaterThan(3);
		expect(theirs.published).toHaveLength(1);
		expect([...theirs.targets, ...theirs.roadmaps, ...theirs.published]).not.toContain('Amal');
	});

	it('an account of the example says so, whichever section it is of; a browser is never known for it', async () => {
		await loadExample(fresh.db, fresh.ring, { today: '2026-05-04', passwordHash: 'x' });
		for (const { id } of [CAST.network, CAST.manager]) {
			expect(await findActor(fresh.db, fresh.ring, id)).toMatchObject({ isExample: true });
			const login = { accountId: id, now: NOW };
			expect(await rememberAccount(fresh.db, fresh.ring, undefined, login)).toBe(undefined);
		}
		const own = await join();
		const login = { accountId: own.accountId, now: NOW };
		expect(own.isExample).toBe(false);
		expect(await rememberAccount(fresh.db, fresh.ring, undefined, login)).toMatch(/\./);
	});
});

describe('an account of the network', () => {
	it('holds no role but the network’s, and is listed without the example’s', async () => {
		await loadExample(fresh.db, fresh.ring, { today: '2026-05-04', passwordHash: 'x' });
		expect(await listNetworkAccounts(fresh.db, fresh.ring)).toEqual([]);
		expect((await join()).roles).toEqual([{ role: 'network', centreIds: null, bodyId: null }]);
		expect(await listNetworkAccounts(fresh.db, fresh.ring)).toMatchObject([
			{ name: 'Claire', email: EMAIL, isOff: false, hasJoined: true }
		]);
	});

	it('gets a new link in place of the old one when asked for again', async () => {
		const first = (await giveNetworkAccount(fresh.db, fresh.ring, claire))!;
		const second = (await giveNetworkAccount(fresh.db, fresh.ring, claire))!;
		const holder = (token: string) => findLinkHolder(fresh.db, fresh.ring, token, NOW);
		expect([first.isNew, second.isNew]).toEqual([true, false]);
		expect(await holder(first.token)).toBe(undefined);
		expect(await holder(second.token)).toMatchObject({ kind: 'invite' });
	});

	it('is switched off with its logins and its link, and on again by a new link', async () => {
		await join();
		const { token } = (await giveNetworkAccount(fresh.db, fresh.ring, claire))!;
		const off = () => switchOffNetworkAccount(fresh.db, fresh.ring, { email: EMAIL, now: NOW });
		expect(await off()).toBe(true);
		expect(await actorNamed(EMAIL)).toBe(undefined);
		expect(await findLinkHolder(fresh.db, fresh.ring, token, NOW)).toBe(undefined);
		const again = (await giveNetworkAccount(fresh.db, fresh.ring, claire))!;
		expect(await findLinkHolder(fresh.db, fresh.ring, again.token, NOW)).toMatchObject({
			kind: 'reset'
		});
	});

	it('is made of no address that belongs to an organisation, nor of the example’s', async () => {
		await loadExample(fresh.db, fresh.ring, { today: '2026-05-04', passwordHash: 'x' });
		const nadim = { id: newId(), email: 'nadim@amal.example', name: 'Nadim', locale: 'ar' };
		const section_id = await addSection(fresh);
		const account = { section_id, password_hash: 'x', created_at: NOW, ...nadim };
		await insertAccount(fresh.db, fresh.ring, account);
		for (const email of [nadim.email, CAST.network.email, CAST.manager.email]) {
			expect(await giveNetworkAccount(fresh.db, fresh.ring, { ...claire, email })).toBe(null);
			expect(await switchOffNetworkAccount(fresh.db, fresh.ring, { email, now: NOW })).toBe(false);
		}
	});
});
