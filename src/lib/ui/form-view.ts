import { getContext, setContext } from 'svelte';
import type { FormView } from '#lib/platform/forms/view.ts';

const KEY = Symbol('form');

/** Lets the fields inside a form find what was typed and what is wrong. Called while the form is made. */
export function offerView(view: () => FormView): void {
	setContext(KEY, view);
}

/** What the form around a field was opened with; undefined outside of one. Called while the field is made. */
export function viewAround(): () => FormView | undefined {
	return getContext<(() => FormView) | undefined>(KEY) ?? (() => undefined);
}
