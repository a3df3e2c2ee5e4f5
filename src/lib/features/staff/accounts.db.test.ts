import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { findLinkHolder, linkToken, LINK_MS, takeLink } from '#lib/platform/login/links.ts';
import { logIn } from '#lib/platform/login/login.ts';
import { findActor, proveLogin, startLogin } from '#lib/platform/login/sessions.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSection, contextOf, NOW, type Account } from '#tests/factories/rows.ts';
import { invite } from './commands.server.ts';
import { renewLink, switchOff, switchOn } from './access.commands.server.ts';
import { listAccounts, listColleagues } from './queries.server.ts';

const PASSWORD = 'seven slow lanterns';

let fresh: FreshDatabase;
let here: Setting;
let admin: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin', name: 'Samir' });
});

type Wanted = Parameters<typeof invite>[1];
function wanted(changes: Partial<Wanted> = {}): Wanted {
	return {
		name: 'Layla Haddad',
		email: 'Layla@Example.org',
		roles: ['facilitator'],
		locale: 'ar',
		centres_facilitator: [here.centreId],
		centres_coordinator: [],
		...changes
	};
}

async function invited(changes: Partial<Wanted> = {}) {
	const outcome = await invite(contextOf(fresh, admin), wanted(changes), newId());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return { ...outcome.done, token: linkToken(fresh.ring, outcome.done.link) };
}

async function refusal(changes: Partial<Wanted>, by = admin) {
	const outcome = await invite(contextOf(fresh, by), wanted(changes), newId());
	return outcome.ok ? null : outcome.refusal.reason;
}

const holderOf = (token: string, now = NOW) => findLinkHolder(fresh.db, fresh.ring, token, now);

async function join(token: string, now = NOW) {
	const holder = await holderOf(token, now);
	return (
		holder !== undefined &&
		takeLink(fresh.db, holder, { token, password: PASSWORD, locale: 'fr', now })
	);
}

function tryLogin(password: string) {
	return logIn(fresh.db, fresh.ring, {
		email: 'layla@example.org',
		password,
		address: '10.0.0.1',
		now: NOW
	});
}

describe('an invitation', () => {
	it('lets someone in with the password they choose, as the role and at the centres given', async () => {
		const { id, token } = await invited();
		const isColleague = async () =>
			(await listColleagues(contextOf(fresh, here.rana), 'en')).some((one) => one.id === id);
		expect((await tryLogin(PASSWORD)).ok).toBe(false);
		expect(await isColleague()).toBe(false);
		expect(await holderOf(token)).toMatchObject({ accountId: id, name: 'Layla Haddad' });
		expect(await join(token)).toBe(true);
		expect(await findActor(fresh.db, fresh.ring, id)).toMatchObject({
			roles: [{ role: 'facilitator', centreIds: [here.centreId], bodyId: null }],
			locale: 'fr'
		});
		expect((await tryLogin(PASSWORD)).ok).toBe(true);
		expect(await isColleague()).toBe(true);
	});

	it('works once, also in two tabs at once', async () => {
		const { token } = await invited();
		const [first, second] = await Promise.all([join(token), join(token)]);
		expect([first, second].sort()).toEqual([false, true]);
		expect(await holderOf(token)).toBeUndefined();
	});

	it('is over after seven days, and known by its token alone', async () => {
		const { token, link } = await invited();
		expect(await holderOf(token, NOW + LINK_MS.invite - 1)).toBeDefined();
		expect(await join(token, NOW + LINK_MS.invite)).toBe(false);
		for (const wrong of ['', link, token.toLowerCase(), `${token}x`])
			expect(await holderOf(wrong)).toBeUndefined();
		const kept = await fresh.db.selectFrom('account_link').selectAll().execute();
		expect(JSON.stringify(kept)).not.toContain(token);
	});

	it('opens nothing once the account is switched off, nor when it is on again', async () => {
		const { id, token } = await invited();
		const holder = (await holderOf(token))!;
		await switchOff(contextOf(fresh, admin), id, newId());
		const late = { token, password: PASSWORD, locale: 'fr' as const, now: NOW };
		expect(await takeLink(fresh.db, holder, late)).toBe(false);
		await switchOn(contextOf(fresh, admin), id, newId());
		expect(await join(token)).toBe(false);
	});

	it('ends the logins there were', async () => {
		const { id, token } = await invited();
		const earlier = await startLogin(fresh.db, id, NOW);
		await join(token);
		expect((await proveLogin(fresh.db, earlier, NOW)).state).toBe('none');
	});

	it('sent twice makes one account and the same link', async () => {
		const once = newId();
		const sent = () => invite(contextOf(fresh, admin), wanted(), once);
		expect(await sent()).toEqual(await sent());
		expect(await listAccounts(contextOf(fresh, admin), 'en')).toHaveLength(6);
	});

	it('refuses an address in use, in whichever section, and centres of others', async () => {
		await invited();
		expect(await refusal({ email: ' layla@example.ORG'.trim() })).toBe('address_taken');
		const there = await aSetting(fresh, { sectionId: await addSection(fresh, 'Togo') });
		const theirs = await addAccount(fresh, { sectionId: there.sectionId, role: 'admin' });
		expect(await refusal({ centres_facilitator: [there.centreId] }, theirs)).toBe('address_taken');
		expect(await refusal({ email: 'b@example.org', centres_facilitator: [there.centreId] })).toBe(
			'centre_not_found'
		);
	});

	it('to a role of the whole section gives no centres', async () => {
		const { id } = await invited({ roles: ['manager'] });
		expect(await findActor(fresh.db, fresh.ring, id)).toMatchObject({
			roles: [{ role: 'manager', centreIds: null }]
		});
	});
});

describe('a new link', () => {
	const renewed = async (id: string, by = admin) => {
		const outcome = await renewLink(contextOf(fresh, by), id, newId());
		if (!outcome.ok) throw new Error(outcome.refusal.reason);
		return { kind: outcome.done.kind, token: linkToken(fresh.ring, outcome.done.link) };
	};

	it('is the invitation again for who has no password yet, and voids the earlier one', async () => {
		const { id, token } = await invited();
		const second = await renewed(id);
		expect(second.kind).toBe('invite');
		expect(await join(token)).toBe(false);
		expect(await join(second.token)).toBe(true);
	});

	it('opens another password for a day, and ends every login once it is used', async () => {
		const { id, token } = await invited();
		await join(token);
		const login = await startLogin(fresh.db, id, NOW);
		const reset = await renewed(id);
		expect(reset.kind).toBe('reset');
		expect((await listAccounts(contextOf(fresh, admin), 'en', id))[0]?.state).toBe('active');
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('live');
		expect(await holderOf(reset.token, NOW + LINK_MS.reset)).toBeUndefined();
		expect(await join(reset.token, NOW + LINK_MS.reset - 1)).toBe(true);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('none');
	});
});

it('lists the accounts of the section by name, with where they stand', async () => {
	const { id, token } = await invited();
	await addAccount(fresh, { sectionId: await addSection(fresh, 'Togo'), name: 'Kossi' });
	const list = async (now = NOW) => listAccounts(contextOf(fresh, admin, now), 'en');
	expect((await list()).map(({ name, state }) => [name, state])).toEqual([
		['Karim', 'active'],
		['Layla Haddad', 'invited'],
		['Nadim', 'active'],
		['Rana', 'active'],
		['Salma', 'active'],
		['Samir', 'active']
	]);
	const layla = async (now?: number) => (await list(now)).find((account) => account.id === id);
	expect(await layla()).toMatchObject({
		email: 'Layla@Example.org',
		roles: [{ role: 'facilitator', centreIds: [here.centreId] }]
	});
	expect((await layla(NOW + LINK_MS.invite))?.state).toBe('invitation_over');
	expect(await listAccounts(contextOf(fresh, admin), 'en', id)).toEqual([await layla()]);
	await join(token);
	expect((await layla())?.state).toBe('active');
});
