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
			startsAt: null
		});
	});

	it('say how loud the log is and how long to drain', () => {
		const env = { HALQA_LOG: 'warn', HALQA_DRAIN_SECONDS: '600' };
		expect(readConfig(env)).toMatchObject({ logLevel: 'warn', drainSeconds: 600 });
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
