import { expect, it } from 'vitest';
import { addSection, NOW } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { contribute } from './contribution.ts';

const ENTRY = { action: 'give', objectType: 'session', objectId: 's', fields: ['state'] };
const DAY_MS = 24 * 60 * 60_000;

it('is written down as a child’s, with the day and without anybody’s id, in the same transaction', async () => {
	const fresh = await freshDatabase();
	const sectionId = await addSection(fresh);
	const from = { ...fresh, now: NOW, actor: { kind: 'card', sectionId } as const };
	const audit = () => fresh.db.selectFrom('audit').selectAll().execute();
	const send = (isFirst: boolean) =>
		contribute(from, async ({ audit, overtaken }) => {
			await audit(ENTRY);
			return isFirst ? 'done' : overtaken();
		});
	expect(await send(false)).toBe(null);
	expect(await audit()).toEqual([]);
	expect(await send(true)).toBe('done');
	const [row, ...others] = await audit();
	expect(others).toEqual([]);
	expect(row).toMatchObject({ actor_kind: 'card', actor_id: null, section_id: sectionId });
	expect(row!.at % DAY_MS).toBe(0);
	expect(NOW - row!.at).toBeLessThan(DAY_MS);
	expect(await fresh.db.selectFrom('once').selectAll().execute()).toEqual([]);
	await expect(
		contribute(from, async ({ audit }) => {
			await audit(ENTRY);
			throw new Error('planted');
		})
	).rejects.toThrow('planted');
	expect(await audit()).toHaveLength(1);
});
