/** A form of the page that was typed into and not sent. Browser only. */
let typed: HTMLFormElement | null = null;

/** Notes which form someone types into; those that only ask for a page do not count. */
export function noteTyping({ target }: Event): void {
	const form = (target as Element | null)?.closest<HTMLFormElement>('main form') ?? null;
	if (form?.method === 'post') typed = form;
}

/**
 * Notes what was typed before the scripts of the page arrived, as it happens on a weak signal. To be
 * called while the page is still as the server sent it: afterwards no field tells its first value.
 */
export function noteEarlyTyping(): void {
	for (const form of document.querySelectorAll<HTMLFormElement>('main form'))
		if (form.method === 'post' && [...form.elements].some(isTyped)) typed = form;
}

function isTyped(field: Element): boolean {
	if (field instanceof HTMLSelectElement) {
		const options = [...field.options];
		const first = options.find((option) => option.defaultSelected) ?? options[0];
		return field.selectedOptions[0] !== first;
	}
	if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
	if (!(field instanceof HTMLInputElement)) return false;
	return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
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
