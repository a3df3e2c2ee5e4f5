import { expect, it } from 'vitest';
import { CAST, FURTHER_FOCAL_POINT, OPEN_CODE, SECTIONS } from '#lib/features/example/cast.ts';
import { m } from '#lib/paraglide/messages.js';
import { ask, backstage, post } from '#tests/access/visiting.ts';
import { startApp } from '#tests/harness/app.ts';
import { startGateway } from '#tests/harness/gateway.ts';

const NICKNAME = 'Wren';

it('calls the focal points when a child asks to talk, and tells the gateway and the log nothing of it', async () => {
	const both = Promise.withResolvers<void>();
	const gateway = await startGateway((response) => {
		response.end();
		if (gateway.got.length === 2) both.resolve();
	});
	await using app = await startApp({
		env: { HALQA_ALERT_URL: `${gateway.url}secret`, HALQA_ALERT_TOKEN: 'token' }
	});
	const stage = backstage(app);
	// The example's words wait for a reader, and would call besides.
	await stage.db.deleteFrom('alert_clock').where('subject', '=', 'words').execute();
	await stage.db
		.updateTable('section')
		.set({ is_example: 0 })
		.where('id', '=', SECTIONS.lebanon)
		.execute();
	const asked = await post(app, `/s/${OPEN_CODE}/help?/ask`, {
		...{ concernId: crypto.randomUUID(), nickname: NICKNAME }
	});
	expect(asked.status).toBe(303);
	await both.promise;
	const letters = gateway.got.map(({ body }) => JSON.parse(body) as Record<string, string>);
	expect(letters.map(({ to }) => to).sort()).toEqual(
		[CAST.focalPoint.email, FURTHER_FOCAL_POINT.email].sort()
	);
	const link = `${app.origin}/today`;
	for (const { text } of letters)
		expect(text).toBe(m.alert_words_waits({ link }, { locale: 'ar' }));
	expect(gateway.got[0]!.headers.authorization).toBe('Bearer token');
	expect(JSON.stringify(letters)).not.toContain(NICKNAME);
	expect(app.output()).not.toMatch(/secret|Wren|example\.org\/today/);

	await stage.setUpCode(CAST.focalPoint.id);
	const cookie = await stage.logIn(CAST.focalPoint.id);
	const { body } = await ask(app, '/today?lang=en', { cookie });
	expect(body).toContain(NICKNAME);
	await stage.close();
});
