import { redirect } from '@sveltejs/kit';
import { snapshotFile } from '#lib/features/publishing/forms.ts';
import { snapshotFileName } from '#lib/features/publishing/periods.rules.ts';
import { findSnapshot } from '#lib/features/publishing/queries.server.ts';
import { readQuery } from '#lib/platform/forms/form.server.ts';
import { FILE_TYPES } from '../../exports/file-types.ts';
import { readerOf } from '../../reader.server.ts';
import type { RequestHandler } from './$types';

/** A snapshot as a file, the same at any time: what left stays what it was. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const read = await readQuery(url, snapshotFile);
	const snapshot = read.ok && (await findSnapshot(readerOf(locals), read.data.snapshot));
	if (!read.ok || !snapshot) redirect(303, '/published');
	const file = await locals.read('published file', read.data);
	if (!file) redirect(303, '/published');
	return new Response(file, {
		headers: {
			'content-type': FILE_TYPES[read.data.format],
			'content-disposition': `attachment; filename="${snapshotFileName(snapshot, read.data)}"`
		}
	});
};
