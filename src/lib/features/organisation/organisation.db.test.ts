import { sql } from 'kysely';
import { scopeOf } from '#lib/platform/access/actor.ts';
import { can } from '#lib/platform/access/roles.ts';
import { findActor } from '#lib/platform/login/sessions.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { logIn } from '#lib/platform/login/login.ts';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addAccount, addSection, contextOf, NOW } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { saveOrganisation, setUpOrganisation } from './commands.server.ts';
import { addSetupLink, isSetupLink, makeSetupLink, tokenIn } from './link.commands.server.ts';
import { getOrganisation, getProgress } from './queries.server.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'lanterns over quiet harbour';

let fresh: FreshDatabase;
beforeEach(async () => {
	fresh = await freshDatabase();
});

const wish = {
	organisation: 'Amal for Children',
	country: 'LB',
	zone: 'Asia/Beirut',
	language: 'ar' as const,
	languages: ['ar' as const, 'en' as const],
	weekStartsOn: '1' as const,
	closedWeekdays: ['7' as const, '6' as const, '6' as const],
	holidays: 'yes' as const,
	admin: 'Nour',
	email: 'nour@amal.example',
	password: PASSWORD
};

async function aLink(now = NOW): Promise<string> {
	return (await makeSetupLink(fresh.db, now))!.token;
}

function setUp(token: string, changes: Partial<typeof wish> = {}, now = NOW) {
	return setUpOrganisation(fresh, { ...wish, ...changes, token, locale: 'en', now });
}

function count(table: 'section' | 'account' | 'closed_day') {
	return fresh.db
		.selectFrom(table)
		.select('id')
		.execute()
		.then((rows) => rows.length);
}

it('whoever sets up may do the whole first year alone, in the whole section', async () => {
	const outcome = await setUp(await aLink());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	const actor = (await findActor(fresh.db, fresh.ring, outcome.done.accountId))!;
	const needed = ['plan cycles', 'take registers', 'merge people', 'steer roadmaps'] as const;
	for (const permission of [...needed, 'manage accounts', 'answer concerns'] as const) {
		expect(can(actor, permission), permission).toBe(true);
		expect(scopeOf(actor, permission)).toMatchObject({ centreIds: null, wholeCentreIds: null });
	}
});

describe('the link', () => {
	it('keeps no token, and an earlier one ends when another is made', async () => {
		const first = await aLink();
		const kept = JSON.stringify(await fresh.db.selectFrom('setup_link').selectAll().execute());
		expect(kept).not.toContain(first);
		const second = await aLink();
		expect(await isSetupLink(fresh.db, first, NOW)).toBe(false);
		expect(await isSetupLink(fresh.db, second, NOW + 23 * HOUR_MS)).toBe(true);
		expect(await isSetupLink(fresh.db, second, NOW + 24 * HOUR_MS)).toBe(false);
	});

	it('is read from the whole address as from the code alone', async () => {
		const token = await aLink();
		for (const pasted of [token, ` http://localhost:3000/setup/${token}?lang=ar `])
			expect(tokenIn(pasted)).toBe(token);
		expect(tokenIn('http://localhost:3000/setup')).toBe(null);
	});

	it('is there beside an example and gone once somebody runs an organisation', async () => {
		const sectionId = await addSection(fresh);
		const admin = await addAccount(fresh, { sectionId, role: 'admin' });
		expect(await makeSetupLink(fresh.db, NOW)).toBe(null);
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		expect(await makeSetupLink(fresh.db, NOW)).not.toBe(null);
		await fresh.db.updateTable('section').set({ is_example: 0 }).execute();
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: NOW })
			.where('id', '=', admin.id)
			.execute();
		expect(await makeSetupLink(fresh.db, NOW)).not.toBe(null);
	});
});

describe('a second organisation', () => {
	it('is set up by a link of its own, which a start does not end', async () => {
		await setUp(await aLink());
		const { token } = await addSetupLink(fresh.db, NOW);
		expect(await makeSetupLink(fresh.db, NOW)).toBe(null);
		expect(await setUp(token, { email: 'samar@amal.example' })).toMatchObject({ ok: true });
		expect(await setUp(token, { email: 'rita@amal.example' })).toMatchObject({ ok: false });
		expect(await count('section')).toBe(2);
	});
});

describe('setting up', () => {
	it('makes a section, its administrator and its holidays, and uses up the link', async () => {
		const token = await aLink();
		const outcome = await setUp(token);
		expect(outcome.ok).toBe(true);
		const section = await fresh.db.selectFrom('section').selectAll().executeTakeFirstOrThrow();
		expect(section).toMatchObject({
			country: 'LB',
			languages: 'ar,en',
			closed_weekdays: '6,7',
			is_example: 0
		});
		expect(await count('closed_day')).toBeGreaterThan(30);
		const login = { email: wish.email, password: PASSWORD, address: '10.0.0.9', now: NOW };
		expect((await logIn(fresh.db, fresh.ring, login)).ok).toBe(true);
		expect(await makeSetupLink(fresh.db, NOW)).toBe(null);
		expect(await setUp(token)).toMatchObject({ ok: false, refusal: { reason: 'link' } });
		expect(await count('section')).toBe(1);
	});

	it('makes one organisation of two sent at once', async () => {
		const token = await aLink();
		const outcomes = await Promise.all([
			setUp(token),
			setUp(token, { email: 'samar@amal.example' })
		]);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect([await count('section'), await count('account')]).toEqual([1, 1]);
	});

	it.each([
		[{ zone: 'Europe/Paris' }, { reason: 'zone' }],
		[{ country: 'ZZ' }, { reason: 'country' }],
		[{ password: 'password1234' }, { reason: 'password', fault: 'password_common' }],
		[{ password: 'nour@amal.example' }, { reason: 'password', fault: 'password_about_you' }]
	])('refuses %o and leaves the link as it was', async (changes, refusal) => {
		const token = await aLink();
		expect(await setUp(token, changes)).toEqual({ ok: false, refusal });
		expect(await count('section')).toBe(0);
		expect(await isSetupLink(fresh.db, token, NOW)).toBe(true);
	});

	it('takes nobody’s e-mail, and gives the link back', async () => {
		const token = await aLink();
		await setUp(token);
		await fresh.db.updateTable('section').set({ is_example: 1 }).execute();
		const second = await aLink();
		expect(await setUp(second)).toEqual({ ok: false, refusal: { reason: 'email_taken' } });
		expect(await count('section')).toBe(1);
		expect(await isSetupLink(fresh.db, second, NOW)).toBe(true);
	});
});

it('saves the own organisation and no other', async () => {
	const [own, other] = [await addSection(fresh), await addSection(fresh)];
	const admin = await addAccount(fresh, { sectionId: own, role: 'admin' });
	const ctx = contextOf(fresh, admin);
	const before = await getOrganisation(
		contextOf(fresh, await addAccount(fresh, { sectionId: other, role: 'admin' }))
	);
	const { country } = await getOrganisation(ctx);
	const input = {
		name_en: 'Amal',
		name_ar: 'أمل',
		zone: country === 'LB' ? 'Asia/Beirut' : before.zone,
		language: 'ar' as const,
		languages: ['en' as const],
		weekStartsOn: '7' as const,
		closedWeekdays: ['5' as const]
	};
	expect((await saveOrganisation(ctx, input, newId())).ok).toBe(true);
	expect(await getOrganisation(ctx)).toMatchObject({
		names: { en: 'Amal', ar: 'أمل' },
		languages: ['ar', 'en'],
		weekStartsOn: 7,
		closedWeekdays: [5]
	});
	const elsewhere = contextOf(fresh, await addAccount(fresh, { sectionId: other, role: 'admin' }));
	expect(await getOrganisation(elsewhere)).toEqual(before);
	const nameless = { ...input, name_en: undefined, name_ar: undefined };
	expect(await saveOrganisation(ctx, nameless, newId())).toMatchObject({
		refusal: { reason: 'no_name' }
	});
	expect(await getProgress(ctx)).toEqual({
		centres: 0,
		accounts: 1,
		people: 0,
		registers: 0,
		targets: 0,
		curricula: 0,
		cycles: 0
	});
	const { sectionId } = ctx.scope;
	const here = await aSetting(fresh, { sectionId });
	await sql`update curriculum set is_imported = 1`.execute(fresh.db);
	await aCycle(fresh, here);
	expect(await getProgress(ctx)).toMatchObject({ centres: 1, curricula: 0, cycles: 0 });
	await sql`update curriculum set is_imported = 0`.execute(fresh.db);
	expect(await getProgress(ctx)).toMatchObject({ curricula: 1, cycles: 1 });
});
