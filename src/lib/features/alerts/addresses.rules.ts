const MAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const PHONE = /^\+\d{7,15}$/;

/** By which channel an address is told, and as what it is stored; null when it is neither mail address nor number. */
export function readAddress(
	typed: string
): { channel: 'mail' | 'webhook'; address: string } | null {
	if (MAIL.test(typed)) return { channel: 'mail', address: typed };
	const digits = typed.replaceAll(/[\s()./-]/g, '').replace(/^00/, '+');
	return PHONE.test(digits) ? { channel: 'webhook', address: digits } : null;
}
