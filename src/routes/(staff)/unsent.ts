/** A form of the page that was typed into and not sent. Browser only. */
let typed: HTMLFormElement | null = null;

/** Notes which form someone types into; those that only ask for a page do not count. */
export function noteTyping({ target }: Event): void {
	const form = (target as Element | null)?.closest<HTMLFormElement>('main form') ?? null;
	if (form?.method === 'post') typed = form;
}

/** Nothing is typed yet: another page. */
export function forgetTyping(): void {
	typed = null;
}

/** Sends what was typed and not sent to another address than its own, without its passwords. False when there is nothing. */
export function sendTypedTo(address: string): boolean {
	if (!typed?.isConnected) return false;
	const secret = [...typed.querySelectorAll<HTMLInputElement>('input[type=password]')];
	const sent = document.createElement('form');
	sent.method = 'POST';
	sent.action = address;
	for (const [name, value] of new FormData(typed)) {
		if (typeof value !== 'string' || secret.some((field) => field.name === name)) continue;
		const field = document.createElement('input');
		field.type = 'hidden';
		field.name = name;
		field.value = value;
		sent.append(field);
	}
	document.body.append(sent);
	sent.submit();
	return true;
}
