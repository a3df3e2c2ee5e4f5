import { describe, expect, it } from 'vitest';
import { permissionsOf, ROLES, type Permission, type Role } from '#lib/platform/access/roles.ts';
import { placesFor, shownAt } from './nav.ts';

const mayOf = (role: Role) => permissionsOf({ roles: [{ role }] });
/** Where a tap leads to from a page of the bar, the bar itself left out. */
const tabsAt = (path: string, may: Permission[]) =>
	shownAt(path, may).tabs?.rooms.map(({ href }) => href) ?? [];

describe.each(ROLES)('the main pages of a %s', (role) => {
	const may = mayOf(role);

	it('fit the bottom of a phone', () => {
		expect(shownAt('/today', may).areas.length).toBeLessThanOrEqual(5);
	});

	it('are all within two taps of any page', () => {
		const bar = shownAt('/', may);
		const reached = new Set([
			...bar.areas.flatMap(({ href }) => [href, ...tabsAt(href, may)]),
			bar.help.href,
			...bar.about.map(({ href }) => href)
		]);
		const places = placesFor(may).map(({ href }) => href);
		const inside = (href: string) =>
			places.some((place) => reached.has(place) && href.startsWith(`${place}/`));
		for (const href of places)
			if (!reached.has(href) && href !== '/handover') expect(inside(href)).toBe(true);
	});
});

describe('the place one is at', () => {
	const may = mayOf('coordinator');

	it('is marked in the bar and among the tabs of its area', () => {
		const { areas, tabs } = shownAt('/cohorts', may);
		expect(areas.filter(({ current }) => current).map(({ href }) => href)).toEqual(['/calendar']);
		expect(tabs?.rooms.find(({ current }) => current)?.href).toBe('/cohorts');
	});

	it('keeps its area on a page inside a room, which has a way back and no tabs', () => {
		const { areas, tabs } = shownAt('/cohorts/one', may);
		expect(areas.find(({ current }) => current)?.href).toBe('/calendar');
		expect(tabs).toBeUndefined();
	});

	it('is not mistaken for one whose address begins alike', () => {
		expect(shownAt('/peopled', may).areas.some(({ current }) => current)).toBe(false);
	});
});

it('shows few rooms as they are, without areas', () => {
	const { areas, tabs } = shownAt('/targets', mayOf('network'));
	expect(areas.map(({ href }) => href)).toEqual([
		'/targets',
		'/roadmaps',
		'/projects',
		'/published'
	]);
	expect(tabs).toBeUndefined();
});
