import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the settings', () => {
	it('are complete without any', () => {
		expect(readConfig({})).toMatchObject({
			host: '127.0.0.1',
			origin: 'http://localhost:3000',
			example: 'load',
			trustProxy: false,
			logLevel: 'info',
			drainSeconds: 3,
			mail: null,
			startsAt: null
		});
	});

	it('say how loud the log is and how long to drain', () => {
		const env = { HALQA_LOG: 'warn', HALQA_DRAIN_SECONDS: '600' };
		expect(readConfig(env)).toMatchObject({ logLevel: 'warn', drainSeconds: 600 });
	});

	it('name a mail server and whose name mails go out in, or neither', () => {
		const env = {
			HALQA_SMTP: 'smtp://user:secret@mail.example.org:587',
			HALQA_MAIL_FROM: 'Halqa <halqa@example.org>'
		};
		expect(readConfig(env).mail).toEqual({ server: env.HALQA_SMTP, from: env.HALQA_MAIL_FROM });
		expect(() => readConfig({ HALQA_SMTP: env.HALQA_SMTP })).toThrow(/^HALQA_MAIL_FROM: /);
		expect(() => readConfig({ HALQA_MAIL_FROM: env.HALQA_MAIL_FROM })).toThrow(/^HALQA_SMTP: /);
		for (const wrong of ['mail.example.org', 'https://mail.example.org', ''])
			expect(() => readConfig({ ...env, HALQA_SMTP: wrong })).toThrow(/^HALQA_SMTP: must be/);
		for (const wrong of ['Halqa', 'a@b\r\nBcc: c@d', 'Halqa <a@b> <c@d>'])
			expect(() => readConfig({ ...env, HALQA_MAIL_FROM: wrong })).toThrow(
				/^HALQA_MAIL_FROM: must/
			);
	});

	it('name a gateway for alerts by https, or on this machine, and a token with it alone', () => {
		const env = { HALQA_ALERT_URL: 'https://sms.example.org/halqa', HALQA_ALERT_TOKEN: 'secret' };
		expect(readConfig(env).webhook).toEqual({ url: env.HALQA_ALERT_URL, token: 'secret' });
		expect(readConfig({ HALQA_ALERT_URL: 'http://127.0.0.1:80/' }).webhook?.token).toBe(null);
		expect(readConfig({}).webhook).toBe(null);
		expect(() => readConfig({ HALQA_ALERT_TOKEN: 'secret' })).toThrow(/^HALQA_ALERT_URL: /);
		for (const wrong of ['http://sms.example.org', 'https://a:b@sms.example.org', 'sms'])
			expect(() => readConfig({ HALQA_ALERT_URL: wrong })).toThrow(/^HALQA_ALERT_URL: must/);
		expect(() => readConfig({ ...env, HALQA_ALERT_TOKEN: 'a b' })).toThrow(/^HALQA_ALERT_TOKEN: /);
	});

	it('are refused by name, one line each', () => {
		const wrong = { HALQA_LOG: 'loud', HALQA_DRAIN_SECONDS: '-1', TRUST_PROXY: 'yes', PORT: 'x' };
		let said = '';
		try {
			readConfig(wrong);
		} catch (error) {
			said = (error as Error).message;
		}
		const names = said.split('\n').map((line) => line.split(':')[0]!);
		expect(names.sort()).toEqual(Object.keys(wrong).sort());
	});
});
