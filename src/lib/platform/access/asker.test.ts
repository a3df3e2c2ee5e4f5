import { describe, expect, it } from 'vitest';
import { askerOf, networkOf } from './asker.ts';

describe('the network a request is counted under', () => {
	it.each([
		['192.0.2.7', '192.0.2.7'],
		['::ffff:192.0.2.7', '192.0.2.7'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
		['2001:db8:1:2::6', '2001:db8:1:2'],
		['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2'],
		['2001:db8::1', '2001:db8:0:0'],
		['::1', '0:0:0:0'],
		['fe80::1%eth0', 'fe80:0:0:0']
	])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));

	it('is one for all whose address is not known', () => {
		const unknown = () => {
			throw new Error('no address');
		};
		expect(askerOf({ getClientAddress: unknown })).toBe('direct');
	});
});
