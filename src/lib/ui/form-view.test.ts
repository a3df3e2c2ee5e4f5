import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { FormView } from '#lib/platform/forms/view.ts';
import Chips from './Chips.svelte';
import Choice from './Choice.svelte';
import Field from './Field.svelte';
import { VIEW } from './form-view.ts';

const view: FormView = {
	once: 'key',
	values: { name: 'Hiba', sex: 'f', roles: ['admin', 'partner'], code: '123456', password: 'x' },
	errors: { name: 'Too long.', sex: 'Choose one.', roles: 'Choose some.' }
};
const options = ['f', 'm', 'admin', 'partner', 'manager'].map((value) => ({ value, label: value }));

/** As it comes from the server, before any script. */
function inForm<Props extends Record<string, unknown>>(
	component: Component<Props>,
	props: Props,
	around: FormView | null = view
): string {
	const context = new Map<unknown, unknown>(around ? [[VIEW, () => around]] : []);
	return render(component as Component, { props, context }).body;
}

/** The values of the choices that are checked. */
function checkedIn(body: string): string[] {
	return [...body.matchAll(/<input[^>]*>/g)]
		.filter(([input]) => / checked/.test(input))
		.map(([input]) => /value="([^"]*)"/.exec(input)![1]!);
}

describe('in a form', () => {
	it('a field has what was typed under its name, and what is wrong with it', () => {
		const body = inForm(Field, { label: 'Name', name: 'name' });
		expect(body).toContain('value="Hiba"');
		expect(body).toMatch(/aria-describedby="([^"]+)-error".*id="\1-error"/s);
		expect(body).toContain('Too long.');
		expect(body).toContain('aria-invalid="true"');
	});

	it('a select has it chosen, a textarea has it written', () => {
		expect(inForm(Field, { label: 'Sex', name: 'sex', type: 'select', options })).toMatch(
			/<option value="f"[^>]* selected/
		);
		expect(inForm(Field, { label: 'Name', name: 'name', type: 'textarea' })).toMatch(
			/<textarea[^>]*>\s*Hiba/
		);
	});

	it('a choice and chips have theirs checked', () => {
		const choice = inForm(Choice, { legend: 'Sex', name: 'sex', options });
		expect([checkedIn(choice), choice.includes('Choose one.')]).toEqual([['f'], true]);
		const chips = inForm(Chips, { legend: 'Roles', name: 'roles', options });
		expect([checkedIn(chips), chips.includes('Choose some.')]).toEqual([
			['admin', 'partner'],
			true
		]);
	});

	it('what is given stands in place of what the form has', () => {
		const body = inForm(Field, { label: 'Name', name: 'name', value: 'Rana', error: null });
		expect(body).toContain('value="Rana"');
		expect(body).not.toContain('Too long.');
		expect(
			checkedIn(inForm(Chips, { legend: 'Roles', name: 'roles', options, values: [] }))
		).toEqual([]);
	});

	it('nothing secret is shown again', () => {
		const secrets = [
			inForm(Field, { label: 'Password', name: 'password', type: 'password' }),
			inForm(Field, { label: 'Code', name: 'code', autocomplete: 'one-time-code' as const })
		];
		for (const body of secrets) expect(body).not.toContain('value="');
	});
});

it('outside of a form a field has what it is given alone', () => {
	const body = inForm(Field, { label: 'Name', name: 'name' }, null);
	expect(body).not.toContain('value="');
	expect(inForm(Field, { label: 'Name', name: 'name', value: 'Rana' }, null)).toContain('Rana');
});
