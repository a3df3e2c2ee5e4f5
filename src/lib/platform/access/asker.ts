/**
 * Whom a request is counted under when nobody is logged in: the network address it came from. Behind a
 * proxy the address is missing from what did not pass through it, such as a supervisor's probe; all of
 * those share one name, and with it one allowance.
 */
export function askerOf(event: { getClientAddress(): string }): string {
	try {
		return event.getClientAddress();
	} catch {
		return 'direct';
	}
}
