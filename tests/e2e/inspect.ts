import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { directionOf, type Locale } from '#lib/platform/i18n/locale.ts';

/** The least height of what a thumb has to hit, in CSS pixels. */
const TARGET_PX = 44;

/** What axe finds on the page as it stands, one line a node. `contrast` asks for nothing but contrast. */
export async function violations(page: Page, only?: 'contrast'): Promise<string[]> {
	const axe = new AxeBuilder({ page }).setLegacyMode(); // no frames, so no second page to check them in
	axe.options({ resultTypes: ['violations'] }); // what is well it need not describe node by node
	if (only) axe.withRules('color-contrast');
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, help, nodes }) =>
		nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`)
	);
}

/** What is wrong with the frame of a page: language, direction, side, title, headings. */
export async function frameFaults(page: Page, language: Locale): Promise<string[]> {
	const seen = await page.evaluate(() => {
		const { lang, dir } = document.documentElement;
		const headings = [...document.querySelectorAll('h1')];
		return {
			lang,
			dir,
			title: document.title.trim(),
			headings: headings.length,
			isMirrored: headings.every((heading) => startsWhereReadersDo(heading, dir))
		};

		function startsWhereReadersDo(heading: HTMLElement, dir: string): boolean {
			const text = document.createRange();
			text.selectNodeContents(heading);
			const inner = text.getBoundingClientRect();
			const outer = heading.parentElement!.getBoundingClientRect();
			const left = inner.left - outer.left;
			const right = outer.right - inner.right;
			return dir === 'rtl' ? right <= left + 2 : left <= right + 2;
		}
	});
	return [
		...(seen.lang === language ? [] : [`lang is ${seen.lang}`]),
		...(seen.dir === directionOf(language) ? [] : [`dir is ${seen.dir}`]),
		...(seen.isMirrored ? [] : ['the heading is at the wrong side']),
		...(seen.title ? [] : ['the title is empty']),
		...(seen.headings === 1 ? [] : [`${seen.headings} headings of level 1`])
	];
}

/** What sticks out of the width of the window. */
export function overflow(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth > clientWidth ? [`${scrollWidth} px wide in ${clientWidth} px`] : [];
	});
}

/** Targets lower than a thumb needs. Links within a line of text are left out, as WCAG 2.5.8 does. */
export function lowTargets(page: Page): Promise<string[]> {
	return page.evaluate((least) => {
		const found: string[] = [];
		const targets = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
		for (const element of document.querySelectorAll<HTMLElement>(targets)) {
			const target = element.matches('input') ? (element.closest('label') ?? element) : element;
			if (
				!target.checkVisibility({ visibilityProperty: true, opacityProperty: target === element })
			)
				continue;
			if (element.closest('[aria-hidden="true"]')) continue;
			const { height, width } = target.getBoundingClientRect();
			if (width <= 1 || height >= least - 0.5 || isInText(target)) continue;
			found.push(
				`${Math.round(height)} px: ${target.tagName} ${target.textContent.trim().slice(0, 40)}`
			);
		}
		return found;

		function isInText(target: HTMLElement): boolean {
			return (
				getComputedStyle(target).display === 'inline' &&
				[...target.parentElement!.childNodes].some(
					(node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== ''
				)
			);
		}
	}, TARGET_PX);
}

/** Collects what the browser complains of from now on; what a refused page says of itself is expected. */
export function complaints(page: Page): string[] {
	const heard: string[] = [];
	page.on('pageerror', (error) => heard.push(error.message));
	page.on('console', (message) => {
		const expected = /Failed to load resource.*(403|404|422)/.test(message.text());
		if (message.type() === 'error' && !expected) heard.push(message.text());
	});
	return heard;
}
