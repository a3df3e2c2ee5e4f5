import { expect, it } from 'vitest';
import { Slowing } from './slowing.commands.server.ts';

const PLACE = '12345678 10.0.0.1';
const MINUTE = 60_000;

it('keeps none of thirty tablets waiting that open a code at once and send within a minute', () => {
	const slowing = new Slowing();
	const tablets = Array.from({ length: 30 }, (_, nth) => `tablet ${nth}`);
	const opened = tablets.map((id) => slowing.ballot(PLACE, id, 0));
	const sent = tablets.map((id, nth) => slowing.sending(PLACE, id, 20_000 + nth));
	expect(new Set([...opened, ...sent])).toEqual(new Set([0]));
});

it('makes one device that fills in forty ballots in a row take minutes', () => {
	const slowing = new Slowing();
	let now = 0;
	for (let nth = 0; nth < 40; nth += 1) {
		now += slowing.ballot(PLACE, `ballot ${nth}`, now);
		now += slowing.sending(PLACE, `ballot ${nth}`, now);
	}
	expect(now).toBeGreaterThan(2 * MINUTE);
});

it('makes hundreds of ballots take most of a minute, even over fifty connections at once', () => {
	const slowing = new Slowing();
	const freeAt = Array.from({ length: 50 }, () => 0);
	for (let nth = 0; nth < 300; nth += 1) {
		const now = Math.min(...freeAt);
		const opened = now + slowing.ballot(PLACE, `${nth}`, now);
		freeAt[freeAt.indexOf(now)] = opened + slowing.sending(PLACE, `${nth}`, opened);
	}
	expect(Math.max(...freeAt)).toBeGreaterThan(40_000);
});

it('keeps nobody waiting longer than four seconds, a wish to talk least of all for somebody else', () => {
	const slowing = new Slowing();
	for (let nth = 0; nth < 500; nth += 1) expect(slowing.wish(PLACE, nth)).toBeLessThanOrEqual(4000);
	expect(slowing.wish('12345678 10.0.0.2', 500)).toBe(0);
});

it('lets a child send at once whose ballot is older than the process', () => {
	const slowing = new Slowing();
	for (let nth = 0; nth < 20; nth += 1) slowing.sending(PLACE, `other ${nth}`, 0);
	expect(slowing.sending(PLACE, 'from before', 0)).toBe(0);
});
