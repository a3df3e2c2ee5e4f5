import { findEvidenceFile } from '#lib/features/roadmap/receipt.queries.server.ts';
import { sendFile } from '#lib/platform/files/action.server.ts';
import { readerOf } from '../../../reader.server.ts';
import type { RequestHandler } from './$types';

/** A file that shows what was done, for whoever sees it on the milestone's page. Not kept by browsers: devices are shared. */
export const GET: RequestHandler = async (event) => {
	const { locals, params } = event;
	const file = await findEvidenceFile(readerOf(locals), params.id, locals.locale);
	return sendFile(event, file, { mayKeep: false });
};
