import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import type { KeyReused, Outcome } from '../command/command.ts';
import type { Context } from '../command/context.ts';
import { answeringAction, commandAction, formAction } from './action.server.ts';
import { line } from './fields.ts';
import { beside, gone, type Refusals } from './refusals.ts';

type Refusal =
	| { reason: 'name_taken' | 'closed' | 'not_found' }
	| { reason: 'changed_meanwhile'; version: number };

const REFUSALS: Refusals<Refusal> = {
	name_taken: beside('name', m.cohort_name_taken),
	closed: m.cohort_is_closed,
	not_found: gone,
	changed_meanwhile: ({ version }) => ({
		message: m.people_changed_meanwhile(),
		values: { version: String(version) }
	})
};

const KEY = '0195c2a0-0000-7000-8000-000000000000';
const KEPT = '0195c2a0-0000-7000-8000-000000000001';
const form = z.strictObject({ name: line(20), version: line(9).optional() });
const ctx = { now: 7 } as Context;

/** Stands for a command: it answers what it is told to, and counts nothing else. */
type Answered = Outcome<{ id: string }, Refusal | KeyReused>;
const refusing = (refusal: Refusal | KeyReused): Answered => ({ ok: false, refusal });

function sent(fields: Record<string, string>, locals: object = { ctx }): RequestEvent {
	const body = new URLSearchParams({ once: KEY, ...fields });
	const request = new Request('http://halqa.test/cohorts?/add', { method: 'POST', body });
	const url = new URL(request.url);
	return { request, url, params: {}, locals: { locale: 'en', actor: {}, ...locals } } as never;
}

function adding(answer: (ctx: Context, name: string, once: string) => Promise<Answered>) {
	return commandAction({
		form,
		run: (ctx, { data, once }) => answer(ctx, data.name, once),
		refused: REFUSALS,
		to: ({ id }, { data }) => `/cohorts/${id}?name=${data.name}`
	});
}

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => expect.unreachable('it answers'),
		(thrown: unknown) => thrown
	);
}

describe('an action that runs a command', () => {
	it('runs it with what was read, and leads on', async () => {
		const ran: unknown[] = [];
		const add = adding(async (...all) => {
			ran.push(...all);
			return { ok: true, done: { id: '1' } };
		});
		const thrown = await thrownBy(add(sent({ name: ' Reading ' })));
		expect(isRedirect(thrown) && [thrown.status, thrown.location]).toEqual([
			303,
			'/cohorts/1?name=Reading'
		]);
		expect(ran).toEqual([ctx, 'Reading', KEY]);
	});

	it('answers what must be in no address, and leads nowhere', async () => {
		const link = answeringAction({
			form,
			run: async (): Promise<Answered> => ({ ok: true, done: { id: '1' } }),
			refused: REFUSALS,
			answer: async ({ id }, { data }) => ({ words: `${data.name} ${id}` })
		});
		expect(await link(sent({ name: 'Hiba' }))).toEqual({ words: 'Hiba 1' });
		expect(await link(sent({ name: ' ' }))).toMatchObject({ status: 422 });
	});

	it('shows a form again that does not read, and runs nothing', async () => {
		const add = adding(() => expect.unreachable('it runs'));
		const answer = await add(sent({ name: ' ' }));
		expect(answer.status).toBe(422);
		expect(answer.data.form).toEqual({
			once: KEY,
			values: { name: ' ' },
			errors: { name: m.form_required() },
			message: m.form_check_fields()
		});
	});

	it('says a refusal above the form, 409', async () => {
		const answer = await adding(async () => refusing({ reason: 'closed' }))(sent({ name: 'A' }));
		expect(answer.status).toBe(409);
		expect(answer.data.form).toMatchObject({
			values: { name: 'A' },
			errors: {},
			message: m.cohort_is_closed()
		});
	});

	it('says what is about a field beside it, 422', async () => {
		const answer = await adding(async () => refusing({ reason: 'name_taken' }))(
			sent({ name: 'A' })
		);
		expect(answer.status).toBe(422);
		expect(answer.data.form).toMatchObject({
			errors: { name: m.cohort_name_taken() },
			message: m.form_check_fields()
		});
	});

	it('puts the version that stands now in place of the one typed', async () => {
		const changed = adding(async () => refusing({ reason: 'changed_meanwhile', version: 5 }));
		const answer = await changed(sent({ name: 'A', version: '4' }));
		expect(answer.status).toBe(409);
		expect(answer.data.form.values).toEqual({ name: 'A', version: '5' });
	});

	it('says by itself that a key was used before', async () => {
		const answer = await adding(async () => refusing({ reason: 'key_reused' }))(
			sent({ name: 'A' })
		);
		expect(answer.status).toBe(409);
		expect(answer.data.form.message).toBe(m.form_key_reused());
	});

	it('answers 404 to what is gone', async () => {
		const gone = adding(async () => refusing({ reason: 'not_found' }));
		const thrown = await thrownBy(gone(sent({ name: 'A' })));
		expect(isHttpError(thrown, 404)).toBe(true);
	});

	it('forgets a kept form when it is done, and keeps it when refused', async () => {
		const done = sent({ name: 'A', kept: KEPT });
		await thrownBy(adding(async () => ({ ok: true, done: { id: '1' } }))(done));
		expect(done.locals.sentAgain).toBe(KEPT);
		const refused = sent({ name: 'A', kept: KEPT });
		const answer = await adding(async () => refusing({ reason: 'closed' }))(refused);
		expect(refused.locals.sentAgain).toBeUndefined();
		expect(answer.data.form.kept).toBe(KEPT);
	});

	it('shows more beside the form it names, but for a key used before', async () => {
		const answering = (answered: Answered) =>
			commandAction({
				form,
				as: 'cohort',
				run: async () => answered,
				refused: REFUSALS,
				showing: async ({ reason }) => ({ alike: [reason] }),
				to: ({ id }) => id
			})(sent({ name: 'A' }));
		const { data } = await answering(refusing({ reason: 'closed' }));
		expect(data).toEqual({
			cohort: expect.objectContaining({ message: m.cohort_is_closed() }),
			alike: ['closed']
		});
		const used = await answering(refusing({ reason: 'key_reused' }));
		expect(Object.keys(used.data)).toEqual(['cohort']);
	});

	it('finds what the address names before it reads the form', async () => {
		const add = commandAction({
			here: async () => gone(),
			form,
			run: async () => expect.unreachable('it runs'),
			refused: {},
			to: () => '/'
		});
		expect(isHttpError(await thrownBy(add(sent({}))), 404)).toBe(true);
	});

	it('fails loudly when the policy let in somebody of no section', async () => {
		const add = adding(() => expect.unreachable('it runs'));
		const thrown = await thrownBy(add(sent({ name: 'A' }, {})));
		expect(thrown).toBeInstanceOf(Error);
		expect(isHttpError(thrown) || isRedirect(thrown)).toBe(false);
	});

	it('does not compile without words for every reason', () => {
		const { closed, ...others } = REFUSALS;
		commandAction({
			form,
			run: async () => refusing({ reason: 'closed' }),
			// @ts-expect-error: `closed` has no words
			refused: others,
			to: () => '/'
		});
		expect(closed).toBe(m.cohort_is_closed);
	});
});

describe('an action of its own', () => {
	const find = formAction({ form, as: 'known' }, async ({ data, again }) => ({
		known: again(),
		found: [data.name]
	}));

	it('answers what it found', async () => {
		expect(await find(sent({ name: 'A' }))).toMatchObject({
			known: { values: { name: 'A' } },
			found: ['A']
		});
	});

	it('shows what does not read under its own name', async () => {
		expect(await find(sent({}))).toMatchObject({
			status: 422,
			data: { known: { errors: { name: m.form_required() } } }
		});
	});

	it('gives no password back', async () => {
		const login = z.strictObject({ email: line(9), password: line(9), newPassword: line(9) });
		const answer = await formAction({ form: login }, async ({ again }) => again())(
			sent({ email: 'a', password: 'b', newPassword: 'c' })
		);
		expect(answer).toMatchObject({ values: { email: 'a' } });
		expect(JSON.stringify(answer)).not.toMatch(/"(b|c)"/);
	});
});
