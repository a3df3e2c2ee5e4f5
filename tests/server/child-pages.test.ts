import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	CAST,
	COHORTS,
	FURTHER_FACILITATORS,
	OPEN_CODE,
	SECTIONS
} from '#lib/features/example/cast.ts';
import type { Band } from '#lib/features/asking/bank.rules.ts';
import { itemWords } from '#lib/features/feedback/words.ts';
import { m } from '#lib/paraglide/messages.js';
import { addDays } from '#lib/platform/clock/days.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import {
	ask,
	backstage,
	contentsOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** What children find on `/s/CODE`, post by post, as a browser without JavaScript sends them. */
const PAGE = `/s/${OPEN_CODE}`;
const SHUT = {
	closed: '10000001',
	cancelled: '10000002',
	early: '10000003',
	yesterday: '10000004'
};
const NO_SUCH = '10000009';

let app: RunningApp;
let stage: Backstage;
let sessionId: string;
let addressCount = 0;

beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } }); // so that each child asks from its own address
	stage = backstage(app);
	sessionId = (await codeRow()).session_id;
	await stage.db
		.updateTable('section')
		.set({ locale: 'en-LB' })
		.where('id', '=', SECTIONS.lebanon)
		.execute();
	await changeForm('6-9', 'full');
	const today = dateIn('Asia/Beirut', stage.now);
	await addCode(SHUT.closed, { on_date: today, start_time: '00:00' }, stage.now);
	await addCode(SHUT.cancelled, { on_date: today, start_time: '00:00', status: 'cancelled' });
	await addCode(SHUT.early, { on_date: today, start_time: '23:00' });
	await addCode(SHUT.yesterday, { on_date: addDays(today, -1), start_time: '09:00' });
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

function codeRow(code = OPEN_CODE) {
	return stage.db
		.selectFrom('feedback_code')
		.selectAll()
		.where('code', '=', code)
		.executeTakeFirstOrThrow();
}

/** Gives a session of the example another time or state, and a code. */
async function addCode(
	code: string,
	session: { on_date: string; start_time: string; status?: 'planned' | 'cancelled' },
	closedAt: number | null = null
): Promise<void> {
	const { id } = await stage.db
		.selectFrom('session')
		.leftJoin('feedback_code as code', 'code.session_id', 'session.id')
		.select('session.id')
		.where('session.cohort_id', 'in', [COHORTS.littleStars, COHORTS.cedars])
		.where('code.session_id', 'is', null)
		.executeTakeFirstOrThrow();
	await stage.db
		.updateTable('session')
		.set({ status: 'planned', ...session })
		.where('id', '=', id)
		.execute();
	await stage.db
		.insertInto('feedback_code')
		.values({ ...(await codeRow()), id, session_id: id, code, closed_at: closedAt })
		.execute();
}

/** Makes the members of the open code's cohort these ages. */
async function changeForm(band: Band, length: 'pulse' | 'full'): Promise<void> {
	const [age] = band.split('-').map(Number) as [number];
	await stage.db
		.updateTable('person')
		.set({ birth_year: new Date(stage.now).getUTCFullYear() - age })
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('cohort_member')
				.select('person_id')
				.where('cohort_id', '=', COHORTS.littleStars)
		)
		.execute();
	await stage.db
		.updateTable('feedback_code')
		.set({ length })
		.where('code', '=', OPEN_CODE)
		.execute();
}

/** A device with a cookie jar, at an address of its own unless one is given. */
function aDevice(from = `10.3.${(addressCount += 1) >> 8}.${addressCount & 255}`) {
	const jar = new Map<string, string>();
	const keep = (answer: Answer) => {
		for (const line of answer.headers['set-cookie'] ?? []) {
			const [, name, value] = /^(\w+)=([^;]*)/.exec(line)!;
			if (/max-age=0/i.test(line)) jar.delete(name!);
			else jar.set(name!, value!);
		}
		return answer;
	};
	const sent = () => {
		const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ');
		return cookie ? { cookie } : {};
	};
	const device = {
		from,
		jar,
		/** The ballot's id and its proof. */
		cookie: () => jar.get('halqa_ballot'),
		open: async (path = PAGE, headers: Record<string, string> = {}) =>
			keep(await ask(app, path, { ...sent(), from, headers })),
		/** A post to the page of the code. */
		post: async (action: string, fields: Record<string, string> = {}, path = PAGE) =>
			keep(
				await post(app, `${path}?/${action}`, fields, sent().cookie, { 'x-forwarded-for': from })
			),
		/** What is shown to whoever says that they go on. */
		goOn: async () => {
			await device.post('resume');
			return device.open();
		},
		/** The heading of what is shown then. */
		heading: async () => headingOf(await device.goOn()),
		ballot: () =>
			stage.db
				.selectFrom('feedback_ballot')
				.selectAll()
				.where('id', '=', jar.get('halqa_ballot')?.split('.')[0] ?? '')
				.executeTakeFirst()
	};
	return device;
}

/** A device on which the first screen is shown. */
async function aChild() {
	const device = aDevice();
	expect((await device.open()).status).toBe(200);
	return device;
}

function headingOf({ body }: Answer): string {
	return /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1]?.replaceAll(/<[^>]*>/g, '') ?? '';
}

function namesOfCookies({ headers }: Answer): string[] {
	return (headers['set-cookie'] ?? []).map((line) => line.split('=')[0]!);
}

/** An answer without what differs between any two. */
function uniform({ status, headers, body }: Answer, code: string) {
	const { date: _, 'x-request-id': _id, etag: _etag, ...same } = headers;
	const plain = (text: string) =>
		text
			.replaceAll(code, 'CODE')
			.replaceAll(/nonce[=-]"?[^"']+/g, 'NONCE')
			.replaceAll(/halqa_page=[0-9a-f]{8}/g, 'PAGE');
	return { status, headers: plain(JSON.stringify(same)), body: plain(body) };
}

const words = { locale: 'en' } as const;

describe('a code that opens nothing', () => {
	it.each(Object.entries(SHUT))('is answered like one that never was: %s', async (_, code) => {
		for (const path of ['', '?lang=ar', '/help']) {
			const [shut, none] = [
				await aDevice().open(`/s/${code}${path}`),
				await aDevice().open(`/s/${NO_SUCH}${path}`)
			];
			expect(uniform(shut, code)).toEqual(uniform(none, NO_SUCH));
			expect(shut.status).toBe(path === '/help' ? 200 : 404);
			expect(namesOfCookies(shut)).toEqual(
				path === '?lang=ar' ? ['halqa_language', 'halqa_page'] : ['halqa_page']
			);
		}
	});

	it.each(Object.entries(SHUT))('takes no answers either: %s', async (_, code) => {
		for (const action of ['answer', 'choose', 'send', 'another']) {
			const [shut, none] = [
				await aDevice().post(action, { item: 'again', answer: 'yes' }, `/s/${code}`),
				await aDevice().post(action, { item: 'again', answer: 'yes' }, `/s/${NO_SUCH}`)
			];
			expect(uniform(shut, code)).toEqual(uniform(none, NO_SUCH));
			expect(shut.status).toBe(404);
		}
	});

	it('can be typed again, and help is one tap away', async () => {
		const { body } = await aDevice().open(`/s/${NO_SUCH}`);
		expect(headingOf({ body } as Answer)).toBe(m.child_not_open({}, words));
		expect(body).toContain('name="code"');
		expect(body).toContain(`href="/s/${NO_SUCH}/help"`);
		expect((await aDevice().open(`/s/${NO_SUCH}/help`)).body).toContain('href="tel:112"');
	});

	it('guessed too often slows its address and refuses a crowd, but no ballot and no other address', async () => {
		const [guesser, child] = [aDevice('10.9.0.1'), aDevice('10.9.0.1')];
		await child.open();
		for (let n = 0; n < 5; n += 1) expect((await aDevice('10.9.0.1').open()).status).toBe(200);
		for (let n = 0; n < 60; n += 1)
			expect((await guesser.open(`/s/${20_000_000 + n}`)).status).toBe(404);
		expect((await aDevice('10.9.0.1').open()).status).toBe(200); // one in two seconds
		const crowd = Array.from({ length: 8 }, () => aDevice('10.9.0.1').open(`/s/${NO_SUCH}`));
		const refused = await Promise.any(
			crowd.map(async (one) => {
				const answer = await one;
				if (answer.status !== 429) throw new Error('slowed');
				return answer;
			})
		);
		expect(refused.headers['retry-after']).toBe('60');
		expect(refused.body).toContain(m.child_too_often_text({}, words));
		const help = await aDevice('10.9.0.1').open(`${PAGE}/help`);
		expect(help.body).not.toContain('concernId');
		expect(help.body).toContain('href="tel:112"');
		expect(await child.heading()).toBe(itemWords('best', '6-9'));
		expect((await child.post('answer', { item: 'best', answer: 'making' })).status).toBe(303);
		expect((await aDevice('10.9.0.2').open()).status).toBe(200);
	});
});

describe('the page a code is typed into', () => {
	it.each([
		['2468-1357', PAGE],
		['٢٤٦٨ ١٣٥٧', PAGE],
		[NO_SUCH, `/s/${NO_SUCH}`]
	])('goes to the code however it is typed: %s', async (typed, location) => {
		const answer = await aDevice().open(`/s?code=${encodeURIComponent(typed)}`);
		expect([answer.status, answer.headers['location']]).toEqual([303, location]);
	});

	it.each([
		['', m.child_code_empty],
		['123', m.child_code_odd],
		['"><b>x', m.child_code_odd]
	])('says what is wrong and keeps what was typed: %s', async (typed, problem) => {
		const { status, body } = await aDevice().open(`/s?lang=en&code=${encodeURIComponent(typed)}`);
		expect(status).toBe(200);
		expect(body).toContain(problem({}, words));
		expect(body).toContain(`value="${typed.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`);
	});
});

describe('a child', () => {
	it('answers one question after another, goes back, skips, and sends', async () => {
		const child = await aChild();
		const next = (item: string, answer: string) => child.post('answer', { item, answer });
		const first = await next('best', 'making');
		expect([first.status, first.headers['location']]).toEqual([303, PAGE]);
		await next('again', 'maybe');
		await next('safe', 'dont_know');
		expect(await child.heading()).toBe(itemWords('listened', '6-9'));
		await child.post('back');
		expect((await child.open()).body).toMatch(/value="dont_know" checked/);
		await next('safe', 'yes');
		await next('listened', 'skipped');
		expect(await child.heading()).toBe(m.child_send_title({}, words));
		await child.post('back');
		await next('listened', 'no');
		expect((await child.ballot())?.state).toBe('open');
		await child.post('send');
		expect(await child.heading()).toBe(m.child_sent({}, words));
		expect((await child.ballot())?.state).toBe('sent');
	});

	it('who sent can change nothing any more, and is told so', async () => {
		const child = await aChild();
		await child.post('answer', { item: 'best', answer: 'making' });
		await child.post('send');
		const before = await child.ballot();
		for (const [action, fields] of [
			['answer', { item: 'again', answer: 'no' }],
			['back', {}],
			['choose', { band: '10-13' }],
			['withdraw', {}]
		] as const) {
			await child.post(action, fields);
			expect((await child.open()).body).toContain(m.child_already_sent({}, words));
		}
		await child.post('send');
		expect((await child.open()).body).not.toContain(m.child_already_sent({}, words));
		expect(await child.ballot()).toEqual(before);
	});

	it('who stops keeps or deletes what was said', async () => {
		const [keeps, deletes] = [await aChild(), await aChild()];
		for (const child of [keeps, deletes]) {
			await child.post('answer', { item: 'best', answer: 'moving' });
			await child.post('stop');
			const { body } = await child.open();
			for (const way of [m.child_stop_keep, m.child_stop_delete, m.child_go_on])
				expect(body).toContain(way({}, words));
		}
		await keeps.post('send');
		await deletes.post('withdraw');
		expect((await keeps.ballot())?.state).toBe('sent');
		expect((await deletes.ballot())?.state).toBe('withdrawn');
		expect(await deletes.heading()).toBe(m.child_withdrawn({}, words));
	});

	it.each<Record<string, string>>([
		{ item: 'best' },
		{ item: 'best', answer: 'all' },
		{ item: 'worst', answer: 'yes' }
	])('who chose nothing that is offered is asked again: %o', async (fields) => {
		const child = await aChild();
		const again = await child.post('answer', fields);
		expect(again.status).toBe(422);
		expect(again.body).toContain(m.child_choose_first({}, words));
		expect(again.body).toMatch(/<fieldset[^>]*autofocus/);
		expect(await child.ballot()).toBeUndefined();
	});

	it('gets another cookie with every answer, so that browsers forget the pages before', async () => {
		const child = await aChild();
		const seen = new Set<string>();
		const answers = [
			() => child.open(),
			() => child.post('answer', { item: 'best', answer: 'moving' }),
			() => child.open('/s'),
			() => child.open(`${PAGE}/help`),
			() => child.open(`/s/${NO_SUCH}`),
			() => child.post('answer', {}, `/s/${NO_SUCH}`),
			() => child.post('nothing')
		];
		for (const answer of answers) {
			await answer();
			seen.add(child.jar.get('halqa_page')!);
		}
		expect(seen.size).toBe(answers.length);
		expect((await aDevice().open('/login')).headers['set-cookie']).toBeUndefined();
	});

	it('finds the state of one ballot in every tab, whatever an old tab sends', async () => {
		const child = await aChild();
		await child.post('answer', { item: 'best', answer: 'moving' });
		await child.post('answer', { item: 'again', answer: 'yes' });
		await child.post('answer', { item: 'best', answer: 'talking' });
		const { body } = await child.open();
		expect(headingOf({ body } as Answer)).toBe(itemWords('again', '6-9'));
		expect(body).toMatch(/value="yes" checked/);
	});

	it('without a cookie is told what to do, and nothing is stored', async () => {
		const stored = await contentsOf(stage.db);
		const own = /\?\/(answer&amp;of=[\w-]{12})"/.exec((await aDevice().open()).body)![1]!;
		const action = own.replace('&amp;', '&');
		const answer = await aDevice().post(action, { item: 'best', answer: 'moving' });
		expect(answer.status).toBe(400);
		expect(answer.body).toContain(m.child_cookies({}, words));
		expect(answer.body).toMatch(/value="moving" checked/);
		expect(await contentsOf(stage.db)).toBe(stored);
	});

	it('who answers next has a ballot of their own, once the one before is done', async () => {
		const tablet = await aChild();
		await tablet.post('answer', { item: 'best', answer: 'moving' });
		const first = tablet.cookie();
		await tablet.post('another');
		expect(tablet.cookie()).toBe(first);
		await tablet.post('send');
		await tablet.post('another');
		expect(tablet.cookie()).not.toBe(first);
		expect(await tablet.heading()).toBe(itemWords('best', '6-9'));
		expect((await tablet.open()).body).not.toContain(' checked');
	});

	it('who finds the answers of one who left begins anew from Stop', async () => {
		const tablet = await aChild();
		await tablet.post('answer', { item: 'best', answer: 'moving' });
		const first = tablet.cookie();
		await tablet.post('another&leaving');
		expect(tablet.cookie()).not.toBe(first);
	});

	it('chooses the language and the age before the first answer', async () => {
		const child = await aChild();
		await child.post('choose', { band: '14-17' });
		expect(await child.heading()).toBe(m.child_welcome({}, words));
		await child.post('choose', { language: 'ar' });
		expect(await child.heading()).toBe(m.child_welcome({}, { locale: 'ar' }));
	});

	it('is spoken to in the language chosen wherever it goes, until the next child comes', async () => {
		const child = await aChild();
		const spoken = async (path: string) =>
			/<html lang="(\w+)"/.exec((await child.open(path)).body)?.[1];
		await child.post('choose', { language: 'ar' });
		for (const path of [PAGE, `${PAGE}/help`, '/s', `/s/${NO_SUCH}`, `/s/${NO_SUCH}/help`])
			expect([path, await spoken(path)]).toEqual([path, 'ar']);
		expect(await spoken('/s?lang=fr')).toBe('fr');
		expect(await spoken(PAGE)).toBe('fr');
		await child.post('answer', { item: 'best', answer: 'moving' });
		await child.post('another&leaving');
		expect(await spoken(PAGE)).toBe('en');
	});

	it('gets a cookie that scripts cannot read, that other sites do not send and that ends with the browser', async () => {
		const [line] = (await aDevice().open()).headers['set-cookie'] ?? [];
		expect(line).toMatch(
			/^halqa_ballot=[0-9a-f-]{36}\.[\w-]{22}; Path=\/s; HttpOnly; SameSite=Strict$/i
		);
	});

	it('loads nothing of the staff, and no page tells what it is in its title', async () => {
		for (const path of [PAGE, `${PAGE}/help`, '/s', `/s/${NO_SUCH}`]) {
			const { body } = await aDevice().open(path);
			expect(body).toMatch(/<title>Halqa<\/title>/);
			expect(body).not.toMatch(/manifest|entry\/|Readex/);
		}
	});
});

describe('a device with answers that were not sent', () => {
	/** What would give away the child before: a ticked answer, a question, how far it is. */
	function expectNeutral({ status, body }: Answer): void {
		expect(status).toBe(200);
		expect(headingOf({ body } as Answer)).toBe(m.child_neutral_title({}, words));
		for (const trace of [' checked', 'name="item"', 'class="pic beads"', '?/send'])
			expect(body).not.toContain(trace);
		const ways = Array.from(body.matchAll(/class="said" formaction="\?\/(\w+)/g), ([, to]) => to);
		expect(ways).toEqual(['another', 'resume']);
	}

	/** A child went back to a question answered *no* and walked away. */
	async function leftBehind() {
		const tablet = await aChild();
		await tablet.post('answer', { item: 'best', answer: 'moving' });
		await tablet.post('answer', { item: 'again', answer: 'no' });
		await tablet.post('back');
		expect((await tablet.open()).body).toMatch(/value="no" checked/);
		return tablet;
	}

	type Tablet = Awaited<ReturnType<typeof leftBehind>>;
	/** Two minutes pass: browsers forget what was set to last no longer. */
	const idle = ({ jar }: Tablet) => void jar.delete('halqa_step');

	it.each<[string, (tablet: Tablet) => Promise<Answer>]>([
		['the address, a reload or Back', (tablet) => tablet.open()],
		['the address in another language', (tablet) => tablet.open(`${PAGE}?lang=en`)],
		['an address made up', (tablet) => tablet.open(`${PAGE}?stop&late`)],
		[
			'the code typed',
			async (tablet) => {
				await tablet.open(`/s?code=${OPEN_CODE}`);
				return tablet.open();
			}
		],
		[
			'the page of help, opened by its address',
			async (tablet) => {
				await tablet.open(`${PAGE}/help`);
				await tablet.post('goOn');
				return tablet.open();
			}
		],
		[
			'the page of help that was left open',
			async (tablet) => {
				await tablet.post('help');
				await tablet.open(`${PAGE}/help`);
				idle(tablet);
				await tablet.post('goOn');
				return tablet.open();
			}
		],
		[
			'the page of help, from the screen that asks',
			async (tablet) => {
				expectNeutral(await tablet.open());
				await tablet.post('help');
				await tablet.open(`${PAGE}/help`);
				await tablet.post('goOn');
				return tablet.open();
			}
		],
		[
			'another code between',
			async (tablet) => {
				await tablet.open(`/s/${NO_SUCH}`);
				return tablet.open();
			}
		],
		[
			'the data of the page',
			async (tablet) => {
				const { body } = await tablet.open(`${PAGE}/__data.json`);
				expect(body).not.toContain('given');
				return tablet.open();
			}
		]
	])('asks first who is there: %s', async (_, come) => {
		expectNeutral(await come(await leftBehind()));
	});

	it('asks it whoever comes by an address while a step is on its way', async () => {
		const tablet = await leftBehind();
		await tablet.post('back');
		expectNeutral(await tablet.open(PAGE, { 'sec-fetch-site': 'none' }));
	});

	it('takes nothing from a page an earlier child left open, and goes on from its own', async () => {
		const tablet = await leftBehind();
		const tagIn = ({ body }: Answer) => /&amp;of=([\w-]{12})"/.exec(body)![1]!;
		const earlier = tagIn(await tablet.goOn());
		await tablet.post('another&leaving');
		await tablet.open();
		await tablet.post('choose', { band: '10-13' });
		await tablet.post('answer', { item: 'fun', answer: 'mostly' });
		const own = tagIn(await tablet.open());
		const before = await tablet.ballot();
		const planted = { item: 'change', words: 'Planted words of the first' };
		for (const action of [
			'answer',
			'answer&then=rest',
			'back',
			'stop',
			'goOn',
			'send',
			'withdraw',
			'another&leaving'
		]) {
			expect((await tablet.post(`${action}&of=${earlier}`, planted)).status).toBe(303);
			expect([action, await tablet.ballot()]).toEqual([action, before]);
			expectNeutral(await tablet.open());
			await tablet.post(`resume&of=${own}`);
			await tablet.open();
		}
		await tablet.post(`back&of=${own}`);
		expect((await tablet.open()).body).toMatch(/value="mostly" checked/);
		const wish = { concernId: crypto.randomUUID(), nickname: 'Wren' };
		await tablet.post(`ask&of=${earlier}`, wish, `${PAGE}/help`);
		await tablet.open(`${PAGE}/help`);
		await tablet.post(`goOn&of=${own}`);
		expectNeutral(await tablet.open());
	});

	it.each(['answer', 'back', 'stop', 'goOn', 'send', 'withdraw', 'help'])(
		'asks it after two idle minutes whatever is pressed, and does nothing: %s',
		async (action) => {
			const tablet = await leftBehind();
			const before = await tablet.ballot();
			idle(tablet);
			const posted = await tablet.post(action, { item: 'again', answer: 'yes' });
			expect(posted.status).toBe(303);
			expectNeutral(await tablet.open());
			expect(await tablet.ballot()).toEqual(before);
		}
	);

	it('asks it where nothing was chosen either', async () => {
		const tablet = await leftBehind();
		idle(tablet);
		const again = await tablet.post('answer', { item: 'again' });
		expectNeutral({ ...again, status: 200 });
	});

	it('puts what is shown away after two minutes', async () => {
		const tablet = await aChild();
		await tablet.post('answer', { item: 'best', answer: 'moving' });
		const shown = await tablet.open();
		expect(shown.headers['refresh']).toBe(`120; url=${PAGE}`);
		const step = shown.headers['set-cookie']?.find((line) => line.startsWith('halqa_step='));
		expect(step).toMatch(/^halqa_step=here; Max-Age=120; Path=\/s; HttpOnly; SameSite=Strict$/i);
		expect((await tablet.open()).headers['refresh']).toBeUndefined();
	});

	it('goes on where it was with who says so', async () => {
		const tablet = await leftBehind();
		expectNeutral(await tablet.open());
		expect((await tablet.goOn()).body).toMatch(/value="no" checked/);
		await tablet.post('answer', { item: 'again', answer: 'maybe' });
		expect(headingOf(await tablet.open())).toBe(itemWords('safe', '6-9'));
	});

	it('begins anew with another child, and does not count what was not sent', async () => {
		const tablet = await leftBehind();
		const first = tablet.cookie();
		await tablet.open();
		await tablet.post('another&leaving');
		expect(tablet.cookie()).not.toBe(first);
		const { body } = await tablet.open();
		expect(headingOf({ body } as Answer)).toBe(itemWords('best', '6-9'));
		expect(body).not.toContain(' checked');
	});

	it('tells nobody who comes later that answers were sent or deleted', async () => {
		for (const end of ['send', 'withdraw']) {
			const tablet = await leftBehind();
			await tablet.post(end);
			await tablet.open();
			expectNeutral(await tablet.open());
		}
	});

	it('keeps none of it once somebody left: no ballot, no step, no language', async () => {
		const tablet = await leftBehind();
		await tablet.post('choose', { language: 'fr' });
		const left = await tablet.post('leave', {}, '/s');
		expect([left.status, left.headers['location']]).toEqual([303, '/s']);
		expect([...tablet.jar.keys()]).toEqual(['halqa_page']);
		expect((await tablet.open()).body).not.toContain(' checked');
	});

	it('can be left from every page for children', async () => {
		for (const path of [PAGE, `${PAGE}/help`, '/s', `/s/${NO_SUCH}`, `/s/${NO_SUCH}/help`]) {
			const { body } = await aDevice().open(path);
			expect(body).toMatch(/<form[^>]* action="\/s\?\/leave"/);
			expect(body).toContain('data-listen');
		}
	});
});

describe('the lowest answer to feeling safe', () => {
	it('leads to an offer of somebody to talk to, and to going on as well; nothing is stored of it', async () => {
		const [low, high] = [await aChild(), await aChild()];
		await low.post('answer', { item: 'safe', answer: 'no' });
		await high.post('answer', { item: 'safe', answer: 'yes' });
		const offered = await low.open();
		expect(headingOf(offered)).toBe(m.child_offer_title({}, words));
		const ways = Array.from(
			offered.body.matchAll(/class="said" formaction="\?\/(\w+)/g),
			([, to]) => to
		);
		expect(ways).toEqual(['help', 'goOn']);
		expect(headingOf(await high.open())).toBe(itemWords('listened', '6-9'));
		expect([...low.jar.keys()]).toEqual([...high.jar.keys()]);
		expect(low.jar.get('halqa_step')).toBe('here');
		const [one, other] = [await low.ballot(), await high.ballot()];
		expect({ ...one, id: '', answers_sealed: '' }).toEqual({
			...other,
			id: '',
			answers_sealed: ''
		});
		await low.post('goOn');
		expect(headingOf(await low.open())).toBe(itemWords('listened', '6-9'));
		expect(await low.ballot()).toEqual(one);
	});

	it('is not told from its offer by who comes next', async () => {
		const tablet = await aChild();
		await tablet.post('answer', { item: 'listened', answer: 'no' });
		await tablet.open();
		expect(headingOf(await tablet.open())).toBe(m.child_neutral_title({}, words));
	});
});

describe('older children', () => {
	beforeAll(() => changeForm('10-13', 'pulse'));
	afterAll(() => changeForm('6-9', 'full'));

	it('lose nothing they write: not to a text too long, nor to Stop, nor to asking for help', async () => {
		const child = await aChild();
		await child.post('answer', { item: 'fun', answer: 'mostly' });
		await child.post('answer', { item: 'safe', answer: 'mostly' });
		const long = 'more songs '.repeat(100);
		const refused = await child.post('answer', { item: 'change', words: long });
		expect(refused.status).toBe(422);
		expect(refused.body).toContain(`${long}</textarea>`);
		expect((await child.post('answer', { item: 'change', words: ' ' })).status).toBe(422);
		const lines = `${'x\r\n'.repeat(499)}xy`;
		expect((await child.post('answer&then=stop', { item: 'change', words: lines })).status).toBe(
			303
		);
		await child.post('answer&then=stop', { item: 'change', words: 'more songs' });
		expect(headingOf(await child.open())).toBe(m.child_stop_title({}, words));
		expect((await child.goOn()).body).toContain('>more songs</textarea>');
		const helped = await child.post('answer&then=help', { item: 'change', words: 'more games' });
		expect(helped.headers['location']).toBe(`${PAGE}/help`);
		expect((await child.goOn()).body).toContain('>more games</textarea>');
		await child.post('answer', { item: 'change', words: 'more games' });
		expect(await child.heading()).toBe(m.child_send_title({}, words));
	});

	it('find a text again that stood too long, once they say that it is theirs', async () => {
		for (const [action, waits] of [
			['answer', true],
			['answer&then=rest', false]
		] as const) {
			const child = await aChild();
			await child.post('answer', { item: 'fun', answer: 'mostly' });
			await child.post('answer', { item: 'safe', answer: 'mostly' });
			expect((await child.open()).headers['refresh']).toBe(`600; url=${PAGE}`);
			if (waits) child.jar.delete('halqa_step');
			await child.post(action, { item: 'change', words: 'more songs' });
			const { body } = await child.open();
			expect(headingOf({ body } as Answer)).toBe(m.child_neutral_title({}, words));
			expect(body).not.toContain('more songs');
			expect((await child.goOn()).body).toContain('>more songs</textarea>');
		}
	});

	it('get a text back that came without a cookie', async () => {
		const answer = await aDevice().post('answer', { item: 'change', words: 'more songs' });
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('more songs</textarea>');
	});

	it('of fourteen read first what it is about, and may say not today', async () => {
		await changeForm('14-17', 'pulse');
		const [starts, leaves] = [await aChild(), await aChild()];
		expect(await starts.heading()).toBe(m.child_welcome({}, words));
		await starts.post('answer');
		expect(await starts.heading()).toBe(itemWords('worth', '14-17'));
		await leaves.post('withdraw');
		expect(await leaves.heading()).toBe(m.child_withdrawn({}, words));
	});
});

describe('reading', () => {
	it('writes nothing, whatever is read', async () => {
		const child = await aChild();
		await child.post('answer', { item: 'best', answer: 'moving' });
		const stored = await contentsOf(stage.db);
		for (const path of ['', '?lang=ar', '/help']) {
			await child.open(PAGE + path);
			await aDevice().open(PAGE + path);
		}
		await aDevice().open('/s?code=1');
		await aDevice().open(`/s/${NO_SUCH}`);
		expect(await contentsOf(stage.db)).toBe(stored);
	});
});

describe('a wish to talk', () => {
	const HELP = `${PAGE}/help`;
	const away = (disabled_at: number | null) =>
		stage.db
			.updateTable('account')
			.set({ disabled_at })
			.where('id', 'in', (eb) =>
				eb.selectFrom('account_role').select('account_id').where('role', '=', 'focal_point')
			)
			.execute();
	const concerns = () =>
		stage.db.selectFrom('concern').selectAll().where('session_id', '=', sessionId).execute();

	it('reaches the focal points once, however often it is sent, and names who will come', async () => {
		const child = await aChild();
		const { body } = await child.open(HELP);
		const concernId = /name="concernId" value="([^"]+)"/.exec(body)![1]!;
		const before = await concerns();
		for (let n = 0; n < 2; n += 1) {
			const answer = await child.post('ask', { concernId, nickname: 'Bird' }, HELP);
			expect([answer.status, answer.headers['location']]).toEqual([303, HELP]);
		}
		const after = await concerns();
		expect(after).toHaveLength(before.length + 1);
		expect(after.find(({ id }) => id === concernId)).toMatchObject({
			section_id: SECTIONS.lebanon,
			raised_at: expect.any(Number)
		});
		const asked = await child.open(HELP);
		expect(headingOf(asked)).toContain(CAST.focalPoint.name);
		expect(asked.body).not.toContain('concernId');
	});

	it('shows once that it arrived, and not to another code: whoever takes the tablet next is told nothing', async () => {
		const child = await aChild();
		await child.post('ask', { concernId: crypto.randomUUID(), nickname: 'Wren' }, HELP);
		const told = new Map(child.jar);
		expect(told.get('halqa_asked')).toBe(OPEN_CODE);
		await child.open(HELP);
		expect(child.jar.has('halqa_asked')).toBe(false);
		const after = await child.open(HELP);
		expect(headingOf(after)).toBe(m.child_talk({}, words));
		const elsewhere = await aChild();
		elsewhere.jar.set('halqa_asked', NO_SUCH);
		expect(headingOf(await elsewhere.open(HELP))).toBe(m.child_talk({}, words));
	});

	it('needs no name, no cookie and no answers', async () => {
		const before = await concerns();
		await aDevice().post('ask', { concernId: crypto.randomUUID(), nickname: '' }, HELP);
		const after = await concerns();
		expect(after).toHaveLength(before.length + 1);
		expect(after.filter(({ nickname_sealed }) => nickname_sealed === null)).toHaveLength(1);
	});

	it.each([
		'Bird of the early morning',
		'a'.repeat(25),
		'Sami 03414964',
		'سامي ٠٣٤١٤',
		'Sami\nhits me',
		'sami@example.org'
	])('gives back a name that tells more than a name: %s', async (nickname) => {
		const before = await concerns();
		const answer = await aDevice().post('ask', { concernId: crypto.randomUUID(), nickname }, HELP);
		expect(answer.status).toBe(422);
		expect(answer.body).toContain(m.form_nickname({}, words));
		expect(answer.body).toContain(`value="${nickname}"`);
		expect(await concerns()).toEqual(before);
	});

	it('to a code that is not open stores nothing, says so and shows the numbers', async () => {
		const stored = await contentsOf(stage.db);
		const path = `/s/${SHUT.closed}/help`;
		const answer = await aDevice().post('ask', { concernId: crypto.randomUUID() }, path);
		expect(answer.status).toBe(404);
		expect(headingOf(answer)).toBe(m.child_help_failed({}, words));
		expect(answer.body).toContain('href="tel:112"');
		expect(namesOfCookies(answer)).not.toContain('halqa_asked');
		expect(await contentsOf(stage.db)).toBe(stored);
	});

	it('is never refused for there being many from one address', async () => {
		const from = '10.9.0.3';
		const stored = (await concerns()).length;
		for (let n = 0; n < 12; n += 1) {
			const wish = { concernId: crypto.randomUUID(), nickname: 'Wren' };
			expect((await aDevice(from).post('ask', wish, HELP)).status).toBe(303);
		}
		expect(await concerns()).toHaveLength(stored + 12);
	});

	it('is not said to have arrived where nobody is there to come', async () => {
		const child = await aChild();
		await child.post('ask', { concernId: crypto.randomUUID(), nickname: 'Wren' }, HELP);
		await away(stage.now);
		const answer = await child.open(HELP);
		await away(null);
		expect(headingOf(answer)).toBe(m.child_help_failed({}, words));
	});

	it('is put away with its confirmation after two minutes, and a name that is only typed after five', async () => {
		const child = await aChild();
		await child.post('ask', { concernId: crypto.randomUUID(), nickname: 'Wren' }, HELP);
		expect((await child.open(HELP)).headers['refresh']).toBe(`120; url=${PAGE}`);
		expect((await child.open(HELP)).headers['refresh']).toBe(`300; url=${PAGE}`);
	});

	it('is promised an answer only where two who may read it confirmed that an alert reaches them', async () => {
		const confirmed = (back: number) =>
			stage.db
				.updateTable('alert_confirmation')
				.set({ confirmed_at: stage.now - back })
				.where('account_id', '=', CAST.focalPoint.id)
				.execute();
		const asks = async () => {
			const child = await aChild();
			const before = (await child.open(HELP)).body;
			await child.post('ask', { concernId: crypto.randomUUID(), nickname: 'Wren' }, HELP);
			return { before, after: headingOf(await child.open(HELP)) };
		};
		const promised = await asks();
		expect(promised.before).toContain(m.child_help_will_come({}, words));
		expect(promised.before).not.toContain(m.child_help_later({}, words));
		expect(promised.after).toContain(m.child_help_will_come({}, words));
		await confirmed(91 * 86_400_000);
		const elsewhere = await asks();
		await confirmed(86_400_000);
		expect(elsewhere.before).not.toContain(m.child_help_will_come({}, words));
		expect(elsewhere.before).toContain(m.child_help_later({}, words));
		expect(elsewhere.before).toContain(FURTHER_FACILITATORS[1]!.name);
		expect(elsewhere.before).toContain(CAST.coordinator.name);
		expect(elsewhere.after).toBe(m.child_help_later({}, words));
	});

	it('shows only numbers where nobody is there to come', async () => {
		await away(stage.now);
		const { body } = await aDevice().open(HELP);
		await away(null);
		expect(body).toContain('href="tel:112"');
		expect(body).not.toContain('concernId');
	});
});

describe('a code that closes while children answer', () => {
	const close = (closed_at: number | null) =>
		stage.db
			.updateTable('feedback_code')
			.set({ closed_at })
			.where('code', '=', OPEN_CODE)
			.execute();

	it('says so to them, and to nobody else; what was sent stays', async () => {
		const [child, done] = [await aChild(), await aChild()];
		await done.post('answer', { item: 'best', answer: 'moving' });
		await done.post('send');
		await close(stage.now);
		const late = await child.post('answer', { item: 'best', answer: 'moving' });
		expect(late.status).toBe(410);
		expect(late.body).toContain(m.child_over_text({}, words));
		expect((await child.open()).status).toBe(410);
		expect((await aDevice().open()).status).toBe(404);
		expect((await done.ballot())?.state).toBe('sent');
		await close(null);
	});

	it('can still be asked for somebody to talk to, by who was in', async () => {
		const child = await aChild();
		await close(stage.now);
		const help = `${PAGE}/help`;
		const { body } = await child.open(help);
		const concernId = /name="concernId" value="([^"]+)"/.exec(body)![1]!;
		await child.post('ask', { concernId, nickname: 'Bird' }, help);
		expect((await child.open(help)).body).toContain(CAST.focalPoint.name);
		expect((await aDevice().open(help)).body).not.toContain(CAST.focalPoint.name);
		await close(null);
		const asked = stage.db.selectFrom('concern').select('session_id').where('id', '=', concernId);
		expect(await asked.execute()).toEqual([{ session_id: sessionId }]);
	});

	it('takes no ballot into the next session', async () => {
		const code = '10000005';
		await addCode(code, { on_date: dateIn('Asia/Beirut', stage.now), start_time: '00:00' });
		const tablet = await aChild();
		const first = tablet.cookie()!.split('.')[0];
		await tablet.open(`/s/${code}`);
		expect(tablet.cookie()!.split('.')[0]).not.toBe(first);
		const forged = await ask(app, `/s/${code}`, { cookie: `halqa_ballot=${first}.forged` });
		expect(forged.headers['set-cookie']?.[0]).not.toContain(first);
	});
});

describe('an organisation of one’s own', () => {
	const set = (is_example: 0 | 1, locale: string) =>
		stage.db
			.updateTable('section')
			.set({ is_example, locale })
			.where('id', '=', SECTIONS.lebanon)
			.execute();
	const WORDS = '/settings/words?language=ar';
	let admin: string;
	beforeAll(async () => {
		await set(0, 'ar-LB');
		await stage.setUpCode(CAST.admin.id);
		admin = await stage.logIn(CAST.admin.id);
	});
	afterAll(() => set(1, 'en-LB'));

	it('shows its children English, wherever they are, until somebody has checked another language', async () => {
		const child = aDevice();
		for (const path of [PAGE, `${PAGE}?lang=ar`, `${PAGE}/help`, '/s?lang=fr', `/s/${NO_SUCH}`]) {
			const { body } = await child.open(path);
			expect(body, path).toContain('<html lang="en"');
			expect(body, path).not.toContain('hreflang="ar"');
			expect(body, path).not.toContain('value="ar"');
		}
	});

	it('has a language checked and corrected by its people, and children read what was checked', async () => {
		const fieldsOf = (body: string) => ({
			language: 'ar',
			fingerprint: /name="fingerprint" value="([^"]+)"/.exec(body)![1]!
		});
		const correct = { language: 'ar', key: 'child_skip', text: 'نتجاوز' };
		const corrected = await post(app, `${WORDS}&/correct`, correct, admin);
		expect(corrected.status).toBe(303);
		const before = await ask(app, WORDS, { cookie: admin });
		const stale = { ...fieldsOf(before.body), fingerprint: 'of other texts' };
		expect((await post(app, `${WORDS}&/check`, stale, admin)).status).toBe(409);
		expect((await aDevice().open(PAGE)).body).toContain('<html lang="en"');
		const checked = await post(app, `${WORDS}&/check`, fieldsOf(before.body), admin);
		expect(checked.status).toBe(303);
		const { body } = await aDevice().open(PAGE);
		expect(body).toContain('<html lang="ar"');
		expect(body).toContain('نتجاوز');
		expect(body).not.toContain(m.child_skip({}, { locale: 'ar' }));
	});

	it('gets a refused correction back as it was typed, with what is wrong', async () => {
		const wrong = { language: 'ar', key: 'child_help_asked', text: 'يعرفون الآن' };
		const { status, body } = await post(app, `${WORDS}&/correct`, wrong, admin);
		expect(status).toBe(422);
		expect(body).toContain(wrong.text);
		expect(body).toContain(m.wording_lacks({ names: '{names}' }, words));
	});
});
