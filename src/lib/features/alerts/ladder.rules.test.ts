import { expect, it } from 'vitest';
import { recipientsOf } from './ladder.rules.ts';
import type { Named, Staff, Waiting } from './types.ts';

const staff = (id: string, more: Partial<Staff> = {}): Staff => ({
	...{ id, sectionId: 's', isFocalPoint: true, hearsOfIt: false, centreIds: [] },
	...more
});
const named = (id: string, more: Partial<Named> = {}): Named => ({
	...{ id, sectionId: 's', step: 'deputy', centreId: null, accountId: null, channel: null },
	...more
});
const wish: Waiting = {
	...{ sessionId: 'e', centreId: 'here', isAboutStaff: false, raisedBy: null },
	onlyFor: null
};

function told(
	people: { staff: Staff[]; named?: Named[]; ran?: string[] },
	steps: number,
	waiting = wish
): string[] {
	const { named: others = [], ran = [] } = people;
	return recipientsOf(
		waiting,
		{ staff: people.staff, named: others, ran: new Set(ran) },
		steps
	).map(({ step, accountId, responderId }) => `${step} ${accountId ?? responderId}`);
}

const maya = staff('maya');
const samir = staff('samir');
const hiba = staff('hiba', { isFocalPoint: false, hearsOfIt: true });
const ladder = [
	named('d', { accountId: 'samir' }),
	named('o', { step: 'outside', channel: 'mail' })
];

it('goes from the focal points to the deputy to somebody outside', () => {
	const people = { staff: [maya, samir, hiba], named: ladder };
	expect(told(people, 1)).toEqual(['focal_points maya']);
	expect(told(people, 2)).toEqual(['focal_points maya', 'deputy samir']);
	expect(told(people, 3)).toEqual(['focal_points maya', 'deputy samir', 'outside o']);
});

it('lets the next step move up where one has nobody', () => {
	const people = { staff: [maya, samir], named: ladder, ran: ['maya'] };
	expect(told(people, 1)).toEqual(['focal_points samir']); // the deputy alone is left, and first
	expect(told({ staff: [], named: ladder }, 1)).toEqual(['outside o']);
});

it('tells nobody of a session they ran, nor who raised it', () => {
	const people = { staff: [maya, samir], ran: ['maya'] };
	expect(told(people, 3)).toEqual(['focal_points samir']);
	expect(told({ staff: [maya, samir] }, 3, { ...wish, raisedBy: 'samir' })).toEqual([
		'focal_points maya'
	]);
});

it('tells who can name somebody, when nobody is named for later', () => {
	expect(told({ staff: [maya, hiba] }, 2)).toEqual(['focal_points maya', 'outside hiba']);
	expect(told({ staff: [hiba] }, 1)).toEqual(['outside hiba']);
});

it('tells nobody at two steps', () => {
	const both = [
		named('d', { accountId: 'samir' }),
		named('o', { step: 'outside', accountId: 'samir' })
	];
	expect(told({ staff: [maya, samir], named: both }, 3)).toEqual([
		'focal_points maya',
		'deputy samir'
	]);
	const leading = staff('maya', { hearsOfIt: true });
	expect(told({ staff: [leading, hiba] }, 3)).toEqual(['focal_points maya', 'outside hiba']);
});

it('tells those named for its centre and for every centre, and no others', () => {
	const people = {
		staff: [maya],
		named: [
			named('here', { centreId: 'here' }),
			named('there', { centreId: 'there' }),
			named('all')
		]
	};
	expect(told(people, 2)).toEqual(['focal_points maya', 'deputy here', 'deputy all']);
});

it('skips who works at the centre, when it is about staff there', () => {
	const people = { staff: [staff('maya', { centreIds: ['here'] }), samir], named: [named('o')] };
	expect(told(people, 1, { ...wish, isAboutStaff: true })).toEqual(['focal_points samir']);
	expect(told(people, 1)).toEqual(['focal_points maya', 'focal_points samir']);
});

it('skips who works at every centre, when it is about staff of one, and at any when of none', () => {
	const everywhere = staff('maya', { centreIds: null });
	const there = staff('hiba', { centreIds: ['there'] });
	const about = { ...wish, isAboutStaff: true };
	expect(told({ staff: [everywhere, there, samir] }, 1, about)).toEqual([
		'focal_points hiba',
		'focal_points samir'
	]);
	expect(told({ staff: [everywhere, there, samir] }, 1, { ...about, centreId: null })).toEqual([
		'focal_points samir'
	]);
});

it('tells of words those who are named to read them, and where none of them may, who can name one', () => {
	const people = { staff: [maya, samir, hiba], named: ladder };
	expect(told(people, 1, { ...wish, onlyFor: ['maya'] })).toEqual(['focal_points maya']);
	expect(told(people, 4, { ...wish, onlyFor: [] })).toEqual([
		...['deputy samir', 'outside o', 'outside hiba']
	]);
	const ran = { ...people, ran: ['maya'] };
	expect(told(ran, 1, { ...wish, onlyFor: ['maya'] })).toEqual(['deputy samir']);
});
