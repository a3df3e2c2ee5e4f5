import { createRawSnippet } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Beads from './Beads.svelte';
import Field from './Field.svelte';
import Sentence from './Sentence.svelte';
import TargetBar from './TargetBar.svelte';

/** Server HTML with Svelte's markers taken out. */
function html({ body }: { body: string }): string {
	return body.replace(/<!--[^>]*-->/g, '');
}

describe('the thread of beads', () => {
	const body = html(
		render(Beads, {
			props: {
				label: 'The cycle',
				beads: [
					{ state: 'held', label: '4 May' },
					{ state: 'missing', label: '6 May', href: '/sessions/6', childLed: true }
				]
			}
		})
	);

	it('says each state in words and not by colour alone', () => {
		expect(body).toContain('4 May, Held');
		expect(body).toContain('6 May, Register missing, From the children');
	});

	it('draws a missing register as a broken ring and a held session as a whole one', () => {
		const [first = '', second = ''] = body.split('<li').slice(1);
		expect(first).not.toContain('stroke-dasharray');
		expect(second).toContain('stroke-dasharray');
	});

	it('carries no inline style, which the page policy would block', () => {
		expect(body).toContain('<svg');
		expect(body).not.toContain('style=');
	});
});

describe('the target bar', () => {
	const texts = { label: 'Reach', targetText: '100', countedText: '150', legend: false };

	it('lengthens its scale above the target and keeps the marker at the target', () => {
		const body = html(
			render(TargetBar, { props: { ...texts, target: 100, counted: 150, opening: 50 } })
		);
		expect(body).toMatch(/class="marker[^"]*" x1="50%" x2="50%"/);
		expect(body).toMatch(/class="counted[^"]*" x="25%" y="10" width="75%"/);
	});

	it('keeps the opening balance in a segment of its own', () => {
		const body = html(
			render(TargetBar, { props: { ...texts, target: 28_000, counted: 2_140, opening: 21_600 } })
		);
		expect(body).toMatch(/width="77.14%" height="16" fill="url\(#/);
	});

	it('draws an empty bar when there is neither target nor reach', () => {
		const body = html(render(TargetBar, { props: { ...texts, target: 0, counted: 0 } }));
		expect(body).not.toContain('NaN');
		expect(body).not.toContain('class="marker');
	});
});

describe('the planner sentence', () => {
	it('puts each slot where the language wants it and keeps punctuation with its slot', () => {
		const slot = createRawSnippet((name: () => string) => ({
			render: () => `<b>${name()}</b>`
		}));
		const body = html(
			render(Sentence, { props: { text: '[cohort] meet in [room], from [start].', slot } })
		);
		expect(body.replace(/<\/?span[^>]*>/g, '|').replace(/\s+/g, ' ')).toContain('<b>room</b>,|');
		expect(body.replace(/<[^>]+>/g, '')).toBe('cohort meet in room, from start.');
	});
});

describe('a field', () => {
	it('ties hint and error to the control', () => {
		const body = html(
			render(Field, { props: { label: 'Name', name: 'name', hint: 'Short', error: 'Too long' } })
		);
		const [, ids = ''] = /aria-describedby="([^"]+)"/.exec(body) ?? [];
		expect(ids.split(' ')).toHaveLength(2);
		for (const id of ids.split(' ')) expect(body).toContain(`id="${id}"`);
		expect(body).toContain('aria-invalid="true"');
	});

	it('keeps what was typed', () => {
		expect(
			html(
				render(Field, { props: { label: 'Start', name: 'on', type: 'date', value: '2026-05-04' } })
			)
		).toContain('value="2026-05-04"');
	});
});
