/** Attachment for a <details> used as a small menu: closes on Escape (focus returns) and on a click outside. */
export function closing(details: HTMLDetailsElement): () => void {
	const leave = (event: Event) => {
		if (!details.contains(event.target as Node)) details.open = false;
	};
	const escape = (event: KeyboardEvent) => {
		if (event.key !== 'Escape' || !details.open) return;
		details.open = false;
		details.querySelector('summary')?.focus();
	};
	document.addEventListener('click', leave);
	details.addEventListener('keydown', escape);
	return () => {
		document.removeEventListener('click', leave);
		details.removeEventListener('keydown', escape);
	};
}
