import { describe, expect, it } from 'vitest';
import { scopeOf, type StaffActor } from '../access/actor.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { command } from './command.ts';
import type { Context } from './context.ts';
import { forgetOldKeys } from './keys.ts';

const NOW = Date.UTC(2026, 4, 4, 8);
const SECRET = 'Planted Name';
const once = '0193e3a1-0000-7000-8000-000000000001';

async function context(accountId = 'amal'): Promise<Context> {
	const { db, ring } = await freshDatabase();
	await db
		.insertInto('section')
		.values({
			id: 'lb',
			name_texts: '{"en":"Lebanon"}',
			country: 'LB',
			zone: 'Asia/Beirut',
			locale: 'ar-LB',
			week_starts_on: 1,
			is_example: 0
		})
		.execute();
	return { db, ring, ...who(accountId), now: NOW };
}

function who(accountId: string) {
	const actor: StaffActor = {
		kind: 'staff',
		accountId,
		roles: [{ role: 'admin', centreIds: null, bodyId: null }],
		sectionId: 'lb',
		isExample: false,
		name: 'Amal',
		locale: 'en',
		theme: 'auto',
		secondStep: 'free'
	};
	return { actor, scope: scopeOf(actor, 'edit closed days')! };
}

type Input = { date: string; name: string; refuse?: boolean; fail?: boolean };

/** Writes one closed day; refuses or fails after the write when told to. */
function close(ctx: Context, input: Input, key = once, name = 'close') {
	return command<{ id: string }, { reason: 'told_to' }>(
		ctx,
		{ name, once: key, input },
		async ({ ctx, refuse, audit }) => {
			const id = crypto.randomUUID();
			await ctx.db
				.insertInto('closed_day')
				.values({
					id,
					section_id: 'lb',
					centre_id: null,
					on_date: input.date,
					name_texts: '{}',
					certainty: 'confirmed',
					source: 'admin'
				})
				.execute();
			await audit({
				action: name,
				objectType: 'closed_day',
				objectId: id,
				fields: ['on_date', 'name_texts']
			});
			if (input.refuse) refuse({ reason: 'told_to' });
			if (input.fail) throw new Error('told to');
			return { id };
		}
	);
}

async function counts({ db }: Context) {
	const [days, audit, keys] = await Promise.all(
		(['closed_day', 'audit', 'once'] as const).map(
			async (table) => (await db.selectFrom(table).selectAll().execute()).length
		)
	);
	return { days, audit, keys };
}

const input = { date: '2026-05-04', name: SECRET };

describe('a command', () => {
	it('sent twice has one effect and the same answer', async () => {
		const ctx = await context();
		const first = await close(ctx, input);
		expect(first.ok).toBe(true);
		expect(await close(ctx, input)).toEqual(first);
		expect(await counts(ctx)).toEqual({ days: 1, audit: 1, keys: 1 });
	});

	it('sent eight times at once has one effect and the same answer', async () => {
		const ctx = await context();
		const answers = await Promise.all(Array.from({ length: 8 }, () => close(ctx, input)));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]!.ok).toBe(true);
		expect(await counts(ctx)).toEqual({ days: 1, audit: 1, keys: 1 });
	});

	it('is refused when its key was used for other input, or by another command', async () => {
		const ctx = await context();
		await close(ctx, input);
		const reused = { ok: false, refusal: { reason: 'key_reused' } };
		expect(await close(ctx, { ...input, date: '2026-05-05' })).toEqual(reused);
		expect(await close(ctx, input, once, 'open')).toEqual(reused);
		expect(await counts(ctx)).toEqual({ days: 1, audit: 1, keys: 1 });
	});

	it('may use a key that somebody else used', async () => {
		const ctx = await context();
		await close(ctx, input);
		expect((await close({ ...ctx, ...who('basma') }, input)).ok).toBe(true);
		expect(await counts(ctx)).toEqual({ days: 2, audit: 2, keys: 2 });
	});

	it('that is refused leaves nothing, and its key is free for the corrected form', async () => {
		const ctx = await context();
		const refused = await close(ctx, { ...input, refuse: true });
		expect(refused).toEqual({ ok: false, refusal: { reason: 'told_to' } });
		expect(await counts(ctx)).toEqual({ days: 0, audit: 0, keys: 0 });
		expect((await close(ctx, input)).ok).toBe(true);
	});

	it('that fails leaves nothing, and says so by throwing', async () => {
		const ctx = await context();
		await expect(close(ctx, { ...input, fail: true })).rejects.toThrow('told to');
		expect(await counts(ctx)).toEqual({ days: 0, audit: 0, keys: 0 });
	});

	it('is answered by its key for thirty days; then the key is forgotten', async () => {
		const ctx = await context();
		const month = 30 * 24 * 60 * 60_000;
		const first = await close(ctx, input);
		await forgetOldKeys(ctx.db, NOW + month);
		expect(await close(ctx, input)).toEqual(first);
		await forgetOldKeys(ctx.db, NOW + month + 1);
		expect(await counts(ctx)).toEqual({ days: 1, audit: 1, keys: 0 });
	});

	it('is on record: who, when, what, which fields, and no value', async () => {
		const ctx = await context();
		const answer = await close(ctx, input);
		const [row] = await ctx.db.selectFrom('audit').selectAll().execute();
		expect(row).toMatchObject({
			at: NOW,
			section_id: 'lb',
			actor_id: 'amal',
			action: 'close',
			object_type: 'closed_day',
			object_id: answer.ok && answer.done.id,
			field_names: 'on_date,name_texts'
		});
		const kept = [row, ...(await ctx.db.selectFrom('once').selectAll().execute())];
		expect(JSON.stringify(kept)).not.toContain(SECRET);
		expect(JSON.stringify(kept)).not.toContain(input.date);
	});
});
