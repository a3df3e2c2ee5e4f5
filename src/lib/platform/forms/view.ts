/** What a page needs to draw a form: the key of this sending, what was typed, what is wrong. */
export interface FormView {
	once: string;
	values: Record<string, string | string[]>;
	/** Field name → what is wrong with it, in the reader's language. */
	errors: Record<string, string>;
	/** What is wrong with the whole. */
	message?: string;
	/** The form was typed before the login ended; nothing of it has been saved yet. */
	kept?: string;
}

/** One text value of a form. */
export function valueOf(form: FormView, name: string): string {
	const value = form.values[name];
	return (Array.isArray(value) ? value.at(-1) : value) ?? '';
}

/** Every value of a field that may be chosen several times. */
export function valuesOf(form: FormView, name: string): string[] {
	const value = form.values[name];
	return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
