import { getContext, setContext } from 'svelte';
import type { FormView } from '#lib/platform/forms/view.ts';

/** Under which a form offers its view in Svelte's context. */
export const VIEW = Symbol('form');

/** Lets the fields inside a form find what was typed and what is wrong. Called while the form is made. */
export function offerView(view: () => FormView): void {
	setContext(VIEW, view);
}

/** What the form around a field was opened with; undefined outside of one. Called while the field is made. */
export function viewAround(): () => FormView | undefined {
	return getContext<(() => FormView) | undefined>(VIEW) ?? (() => undefined);
}
