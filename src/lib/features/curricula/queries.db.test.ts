import { expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { aSetting } from '#tests/factories/place.ts';
import { contextOf } from '#tests/factories/rows.ts';
import { listCurrentVersions } from './queries.server.ts';

it('offers the newest published version with its modules; a draft of a newer one stays a draft', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh, { sessionCount: 2 });
	const ctx = contextOf(fresh, here.coordinator);
	const { section_id, curriculum_id } = await fresh.db
		.selectFrom('curriculum_version')
		.select(['section_id', 'curriculum_id'])
		.executeTakeFirstOrThrow();
	const draft = newId();
	await fresh.db
		.insertInto('curriculum_version')
		.values({ id: draft, section_id, curriculum_id, number: 2, published_on: null })
		.execute();
	await fresh.db
		.insertInto('session_plan')
		.values({
			...{ id: newId(), section_id, version_id: draft, module_id: null, position: 1 },
			...{ title_texts: '{"en":"Without a module"}', minutes: 60, picture: null }
		})
		.execute();
	const versions = () => listCurrentVersions(ctx, 'en');
	const seen = {
		id: here.versionId,
		number: 1,
		plans: [{ module: 'Module' }, { module: 'Module' }]
	};
	expect(await versions()).toMatchObject([seen]);
	await fresh.db
		.updateTable('curriculum_version')
		.set({ published_on: '2026-02-01' })
		.where('id', '=', draft)
		.execute();
	await fresh.db.updateTable('curriculum').set({ audience: 'professionals' }).execute();
	expect(await versions()).toMatchObject([
		{ id: draft, number: 2, audience: 'professionals', plans: [{ module: '' }] }
	]);
});
