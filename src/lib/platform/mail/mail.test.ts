import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { log } from '../log/log.ts';
import { htmlOf, sendLetter } from './mail.ts';

const FROM = 'Halqa <halqa@example.org>';
const letter = {
	to: 'nour@example.net',
	locale: 'ar',
	subject: 'دعوة',
	text: 'مرحبًا <Nour> & co: http://localhost/join/x',
	link: 'http://localhost/join/x'
} as const;

/** A mail server in this process; answers its address and what it was given. */
async function mailServer(refuses = false) {
	const letters: string[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo: (_, __, done) => done(refuses ? new Error('nobody here') : null),
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
	onTestFinished(() => new Promise((resolve) => server.close(resolve)));
	const { port } = server.server.address() as AddressInfo;
	return { server: `smtp://127.0.0.1:${port}`, letters };
}

function partsOf(letter: string): string[] {
	return [...letter.matchAll(/base64\r\n\r\n([\w+/=\r\n]+)/g)].map(([, body]) =>
		Buffer.from(body!, 'base64').toString('utf8')
	);
}

describe('a letter', () => {
	it('goes out as text and as HTML in its own direction', async () => {
		const { server, letters } = await mailServer();
		const messageId = '<a1@halqa.example.org>';
		expect(await sendLetter({ server, from: FROM }, { ...letter, messageId })).toBe(true);
		const [sent] = letters as [string];
		expect(sent).toMatch(/^From: Halqa <halqa@example\.org>\r$/m);
		expect(sent).toMatch(/^Message-ID: <a1@halqa\.example\.org>\r$/m);
		expect(sent).toMatch(/^To: nour@example\.net\r$/m);
		const [text, html] = partsOf(sent);
		expect(text!.trim()).toBe(letter.text);
		expect(html).toContain('<html lang="ar" dir="rtl">');
	});

	it('that is refused, or that nobody takes, is not sent', async () => {
		const level = log.level;
		log.level = 'silent';
		onTestFinished(() => void (log.level = level));
		const { server, letters } = await mailServer(true);
		expect(await sendLetter({ server, from: FROM }, letter)).toBe(false);
		expect(await sendLetter({ server: 'smtp://127.0.0.1:9', from: FROM }, letter)).toBe(false);
		expect(letters).toEqual([]);
	});
});

it('is escaped, and links its address alone', () => {
	expect(htmlOf(letter)).toContain(
		'<p>مرحبًا &lt;Nour&gt; &amp; co: <a href="http://localhost/join/x"><bdi dir="ltr">http://localhost/join/x</bdi></a></p>'
	);
	const quoted = htmlOf({ ...letter, text: 'a " b', link: 'nowhere' });
	expect(quoted).toContain('<p>a &quot; b</p>');
});
