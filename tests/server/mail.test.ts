import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, it } from 'vitest';
import { CAST, centreId, SECTIONS } from '#lib/features/example/cast.ts';
import { ask, backstage, post } from '#tests/access/visiting.ts';
import { startApp } from '#tests/harness/app.ts';

it('brings an invitation where a mail server is set up; without it the words are shown all the same', async () => {
	const letters: string[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _, done) => {
			let data = '';
			stream.setEncoding('utf8').on('data', (part: string) => (data += part));
			stream.on('end', () => {
				letters.push(data);
				done();
			});
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	await using app = await startApp({
		env: { HALQA_SMTP: `smtp://127.0.0.1:${port}`, HALQA_MAIL_FROM: 'halqa@example.org' }
	});
	const stage = backstage(app);
	const cookie = await stage.logIn(CAST.admin.id);
	const invited = (email: string) =>
		post(
			app,
			'/settings/accounts?/invite',
			{ name: 'Nour', email, locale: 'fr', roles: 'facilitator', centres_facilitator: centreId(1) },
			cookie
		);

	await invited('visitor@example.net'); // anybody may be the example's administrator
	expect(letters).toEqual([]);
	await stage.db
		.updateTable('section')
		.set({ is_example: 0 })
		.where('id', '=', SECTIONS.lebanon)
		.execute();
	await stage.setUpCode(CAST.admin.id);
	const { body } = await invited('nour@example.net');
	const [path] = /\/join\/[\w-]{43}/.exec(body)!;
	expect(letters).toHaveLength(1);
	expect(letters[0]).toMatch(/^To: nour@example\.net\r$/m);
	const text = /base64\r\n\r\n([\w+/=\r\n]+)/.exec(letters[0]!)![1]!;
	expect(Buffer.from(text, 'base64').toString('utf8')).toMatch(/^Bonjour Nour, .*\/join\//s);
	expect(Buffer.from(text, 'base64').toString('utf8')).toContain(path);

	await new Promise<void>((resolve) => server.close(() => resolve()));
	const second = await invited('again@example.net');
	const [shown] = /\/join\/[\w-]{43}/.exec(second.body)!;
	expect((await ask(app, shown)).status).toBe(200);
	expect(app.output()).toContain('a mail was not sent');
	expect(app.output()).not.toMatch(/example\.net|\/join\/[\w-]{43}/);
	await stage.close();
});
