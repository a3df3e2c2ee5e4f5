import { listSnapshots } from '#lib/features/publishing/queries.server.ts';
import { readerOf } from '../reader.server.ts';
import type { PageServerLoad } from './$types';

/** What has left: of the own section, or of every one for the network. */
export const load: PageServerLoad = async ({ locals }) => {
	const snapshots = await listSnapshots(readerOf(locals), locals.locale);
	return {
		sections: [...Map.groupBy(snapshots, ({ sectionId }) => sectionId)].map(([id, published]) => ({
			id,
			name: published[0]!.section,
			published
		}))
	};
};
