import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { offerCode, turnCodeOn } from '#lib/platform/login/codes.ts';
import { findLinkHolder, linkToken } from '#lib/platform/login/links.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { findActor, proveLogin, startLogin } from '#lib/platform/login/sessions.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCentre,
	addPartner,
	addSection,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import {
	changeAccess,
	correctDetails,
	dropCode,
	renewLink,
	switchOff,
	switchOn
} from './access.commands.server.ts';
import { listAccounts } from './queries.server.ts';
import { EVERYWHERE, type GivenRole } from './rules.ts';

let fresh: FreshDatabase;
let here: Setting;
let admin: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	admin = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin', name: 'Samir' });
});

/** What a form gives: each of these roles that works at centres at all of these. */
function giving(roles: GivenRole[], centres: string[]) {
	return { roles, centres_facilitator: centres, centres_coordinator: centres };
}

describe('what an account may do', () => {
	const places = async (id: string) => {
		const actor = await findActor(fresh.db, fresh.ring, id);
		return actor?.roles.flatMap(({ role, centreIds }) => [role, ...(centreIds ?? [])]);
	};
	const change = (id: string, role: GivenRole, centres: string[], by = admin) =>
		changeAccess(contextOf(fresh, by), { accountId: id, ...giving([role], centres) }, newId());

	it('changes with its role and centres, which ends its logins', async () => {
		const { id } = here.rana;
		const login = await startLogin(fresh.db, id, NOW);
		expect((await change(id, 'facilitator', [here.centreId])).ok).toBe(true);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('live');
		expect((await change(id, 'coordinator', [here.centreId])).ok).toBe(true);
		expect(await places(id)).toEqual(['coordinator', here.centreId]);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('none');
		expect((await change(id, 'manager', [here.centreId])).ok).toBe(true);
		expect(await places(id)).toEqual(['manager']);
	});

	it('is a set of roles, each at its own centres, and one of them may go', async () => {
		const { id } = here.rana;
		const next = await addCentre(fresh, here.sectionId);
		const both = {
			accountId: id,
			roles: ['facilitator' as const, 'coordinator' as const],
			...{ centres_facilitator: [here.centreId], centres_coordinator: [next] }
		};
		expect((await changeAccess(contextOf(fresh, admin), both, newId())).ok).toBe(true);
		expect(await places(id)).toEqual(['facilitator', here.centreId, 'coordinator', next]);
		expect((await change(id, 'coordinator', [EVERYWHERE])).ok).toBe(true);
		expect(await places(id)).toEqual(['coordinator']);
	});

	it('names the role whose centre is not the section’s', async () => {
		const abroad = await addCentre(fresh, await addSection(fresh, 'Togo'));
		const both = {
			accountId: here.rana.id,
			roles: ['facilitator' as const, 'coordinator' as const],
			...{ centres_facilitator: [here.centreId], centres_coordinator: [abroad] }
		};
		expect(await changeAccess(contextOf(fresh, admin), both, newId())).toMatchObject({
			refusal: { reason: 'centre_not_found', roles: ['coordinator'] }
		});
	});

	it('takes a body of the section for a partner, and of no other', async () => {
		const { id } = here.rana;
		const own = await addPartner(fresh, here.sectionId);
		const abroad = await addPartner(fresh, await addSection(fresh, 'Togo'));
		const partner = (body: string) =>
			changeAccess(
				contextOf(fresh, admin),
				{ accountId: id, ...giving(['partner'], []), body },
				newId()
			);
		expect(await partner(abroad)).toMatchObject({ refusal: { reason: 'body_not_found' } });
		expect((await partner(own)).ok).toBe(true);
		const actor = await findActor(fresh.db, fresh.ring, id);
		expect(actor?.roles).toEqual([{ role: 'partner', centreIds: null, bodyId: own }]);
	});

	it('ends when it is switched off, and is there again when switched on', async () => {
		const { id } = here.rana;
		const login = await startLogin(fresh.db, id, NOW);
		expect((await switchOff(contextOf(fresh, admin), id, newId())).ok).toBe(true);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('none');
		expect(await places(id)).toBeUndefined();
		expect((await switchOn(contextOf(fresh, admin), id, newId())).ok).toBe(true);
		expect(await places(id)).toEqual(['facilitator', here.centreId]);
	});

	it('whose phone is gone is opened by the link alone, which neither old password nor code does', async () => {
		const { id, sectionId } = here.rana;
		const offer = offerCode(fresh.ring, { accountId: id, email: 'rana@example.org', now: NOW });
		const typed = new TOTP({ secret: offer.key.replaceAll(' ', '') }).generate({ timestamp: NOW });
		const own = { accountId: id, sectionId, sealed: offer.sealed, typed, now: NOW };
		expect((await turnCodeOn(fresh.db, fresh.ring, own)).ok).toBe(true);
		const login = await startLogin(fresh.db, id, NOW);
		const hasCode = async () => (await listAccounts(contextOf(fresh, admin), 'en', id))[0]!.hasCode;
		expect(await hasCode()).toBe(true);
		const once = newId();
		const dropped = await dropCode(contextOf(fresh, admin), id, once);
		expect(await dropCode(contextOf(fresh, admin), id, once)).toEqual(dropped);
		const token = linkToken(fresh.ring, dropped.ok ? dropped.done.link : '');
		const holder = await findLinkHolder(fresh.db, fresh.ring, token, NOW);
		expect(holder).toMatchObject({ accountId: id, kind: 'reset' });
		expect(await hasCode()).toBe(false);
		const { password_hash } = await fresh.db
			.selectFrom('account')
			.select('password_hash')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		expect(password_hash).toBe(NO_PASSWORD);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('none');
	});

	it('is nobody’s own to change, nor another section’s, and no centre of others is given', async () => {
		const there = await aSetting(fresh, { sectionId: await addSection(fresh, 'Togo') });
		const reasons = await Promise.all(
			[
				change(admin.id, 'manager', []),
				switchOff(contextOf(fresh, admin), admin.id, newId()),
				renewLink(contextOf(fresh, admin), admin.id, newId()),
				dropCode(contextOf(fresh, admin), admin.id, newId()),
				change(there.rana.id, 'manager', []),
				switchOff(contextOf(fresh, admin), there.rana.id, newId()),
				switchOn(contextOf(fresh, admin), there.rana.id, newId()),
				renewLink(contextOf(fresh, admin), there.rana.id, newId()),
				dropCode(contextOf(fresh, admin), there.rana.id, newId()),
				change(here.rana.id, 'facilitator', [there.centreId])
			].map(async (sent) => {
				const outcome = await sent;
				return outcome.ok ? null : outcome.refusal.reason;
			})
		);
		expect(reasons).toEqual([
			...Array(4).fill('own_account'),
			...Array(5).fill('account_not_found'),
			'centre_not_found'
		]);
		expect(await places(there.rana.id)).toEqual(['facilitator', there.centreId]);
		expect(await places(here.rana.id)).toEqual(['facilitator', here.centreId]);
	});

	it('leaves an administrator, also when two take each other’s role or switch each other off at once', async () => {
		const other = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
		// Several times: the first time the second of them still waits for a connection.
		for (let round = 0; round < 4; round += 1) {
			const outcomes = await Promise.all([
				switchOff(contextOf(fresh, admin), other.id, newId()),
				change(admin.id, 'manager', [], other)
			]);
			expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
			const [lost] = outcomes.filter((outcome) => !outcome.ok);
			expect(lost).toMatchObject({ refusal: { reason: 'last_admin' } });
			await fresh.db
				.updateTable('account_role')
				.set({ role: 'admin' })
				.where('account_id', 'in', [admin.id, other.id])
				.execute();
			await fresh.db
				.updateTable('account')
				.set({ disabled_at: null })
				.where('id', 'in', [admin.id, other.id])
				.execute();
		}
	});

	it('does not count an invited administrator as one who can log in', async () => {
		const invited = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
		await fresh.db
			.updateTable('account')
			.set({ password_hash: NO_PASSWORD })
			.where('id', '=', invited.id)
			.execute();
		const other = await addAccount(fresh, { sectionId: here.sectionId, role: 'admin' });
		expect((await switchOff(contextOf(fresh, other), admin.id, newId())).ok).toBe(true);
		const outcome = await switchOff(contextOf(fresh, admin), other.id, newId());
		expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'last_admin' } });
	});
});

describe('name and address', () => {
	const correct = (id: string, details: { name: string; email: string }, by = admin) =>
		correctDetails(contextOf(fresh, by), { accountId: id, ...details }, newId());
	const details = async (id: string) => {
		const [account] = await listAccounts(contextOf(fresh, admin), 'en', id);
		return account && { name: account.name, email: account.email };
	};
	const right = { name: 'Rana Khalil', email: 'rana.khalil@example.org' };

	it('are corrected; a new address ends the logins of before, a new name does not', async () => {
		const { id } = here.rana;
		const login = await startLogin(fresh.db, id, NOW);
		const { email } = (await details(id))!;
		expect((await correct(id, { ...right, email })).ok).toBe(true);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('live');
		expect(await correct(id, right)).toMatchObject({ ok: true, done: null });
		expect(await details(id)).toEqual(right);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('none');
		const audited = await fresh.db
			.selectFrom('audit')
			.select('field_names')
			.where('action', '=', 'correct account')
			.execute();
		expect(audited.map((row) => row.field_names).sort()).toEqual(['email_sealed', 'name_sealed']);
	});

	it('of an administrator are theirs to correct, and leave them logged in', async () => {
		const login = await startLogin(fresh.db, admin.id, NOW);
		expect((await correct(admin.id, right)).ok).toBe(true);
		expect((await proveLogin(fresh.db, login, NOW)).state).toBe('live');
	});

	it('take no address that is somebody else’s, here or abroad', async () => {
		const abroad = await addAccount(fresh, {
			sectionId: await addSection(fresh, 'Togo'),
			role: 'admin',
			name: 'Afi'
		});
		await correct(abroad.id, right, abroad);
		expect(await correct(here.rana.id, right)).toMatchObject({
			refusal: { reason: 'address_taken' }
		});
		expect(await correct(abroad.id, { ...right, email: 'other@example.org' })).toMatchObject({
			refusal: { reason: 'account_not_found' }
		});
	});

	it('void a link that went to the old address, and give another in its place', async () => {
		const { id } = here.rana;
		const made = await renewLink(contextOf(fresh, admin), id, newId());
		const holder = (link: string) =>
			findLinkHolder(fresh.db, fresh.ring, linkToken(fresh.ring, link), NOW);
		const before = made.ok ? made.done.link : '';
		const { email } = (await details(id))!;
		expect(await correct(id, { ...right, email })).toMatchObject({ done: null });
		expect(await holder(before)).toBeDefined();
		const after = await correct(id, right);
		expect(await holder(before)).toBeUndefined();
		expect(await holder(after.ok ? after.done!.link : '')).toMatchObject(right);
	});

	it('stay as they are while the account is switched off', async () => {
		await switchOff(contextOf(fresh, admin), here.rana.id, newId());
		expect(await correct(here.rana.id, right)).toMatchObject({ refusal: { reason: 'is_off' } });
	});
});
