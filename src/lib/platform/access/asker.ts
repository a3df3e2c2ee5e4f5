/**
 * Whom a request is counted under when nobody is logged in: the network it came from. Behind a
 * proxy the address is missing from what did not pass through it, such as a supervisor's probe; all of
 * those share one name, and with it one allowance.
 */
export function askerOf(event: { getClientAddress(): string }): string {
	try {
		return networkOf(event.getClientAddress());
	} catch {
		return 'direct';
	}
}

/** An IPv4 address as it is; of an IPv6 address the first 64 bits, which one household or phone has for itself. */
export function networkOf(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped) return mapped;
	if (!address.includes(':')) return address;
	const [before = '', after = ''] = address.split('%')[0]!.toLowerCase().split('::');
	const head = before.split(':').filter(Boolean);
	const tail = after.split(':').filter(Boolean);
	const gap = Array.from({ length: Math.max(8 - head.length - tail.length, 0) }, () => '0');
	const parts = address.includes('::') ? [...head, ...gap, ...tail] : head;
	return parts
		.slice(0, 4)
		.map((part) => part.replace(/^0+(?=.)/, ''))
		.join(':');
}
