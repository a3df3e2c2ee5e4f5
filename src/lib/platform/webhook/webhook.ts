/** Where a gateway listens, and what proves to it who speaks. */
export interface WebhookSettings {
	url: string;
	/** Sent as a bearer token; null for none. */
	token: string | null;
}

/** A gateway that does not answer holds nobody up for long. */
const PATIENCE_MS = 5_000;
const OWN = ['localhost', '127.0.0.1', '[::1]'];

/** The gateway did not take what was posted; says how, and not where or what. */
export class NotTaken extends Error {
	override name = 'NotTaken';
}

/**
 * Posts JSON to a gateway under a key it can tell a second delivery by. Follows no redirect, reads no answer but its
 * status, waits five seconds. Throws `NotTaken` for anything but a status of 200–299.
 */
export async function postWebhook(
	{ url, token }: WebhookSettings,
	{ key, body }: { key: string; body: unknown }
): Promise<void> {
	let response: Response;
	try {
		response = await fetch(url, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.timeout(PATIENCE_MS),
			headers: {
				'content-type': 'application/json',
				'idempotency-key': key,
				...(token !== null && { authorization: `Bearer ${token}` })
			},
			body: JSON.stringify(body)
		});
	} catch (error) {
		throw new NotTaken(codeOf(error));
	}
	await response.body?.cancel();
	if (!response.ok) throw new NotTaken(`HTTP ${response.status}`);
}

/** Whether an address is https, or on this machine, and has neither name nor password in it. */
export function isWebhookUrl(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, username, password } = new URL(text);
	const isSafe = protocol === 'https:' || (protocol === 'http:' && OWN.includes(hostname));
	return isSafe && username === '' && password === '';
}

/** How a connection failed, as a code: the message of the error may hold the address. */
function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return 'unknown';
	const { code } = (error.cause ?? {}) as { code?: unknown };
	return typeof code === 'string' ? code : error.name;
}
