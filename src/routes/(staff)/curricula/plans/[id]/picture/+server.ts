import { findPicture } from '#lib/features/curricula/plans.queries.server.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { sendFile } from '#lib/platform/files/action.server.ts';
import type { RequestHandler } from './$types';

/** The own picture of a session plan, for whoever sees its version: that of a draft is its editors' alone. */
export const GET: RequestHandler = async (event) => {
	const { locals, params } = event;
	const ctx = ctxOf(locals);
	const found = await findPicture(ctx, params.id);
	const version = found && (await findVersion(ctx, found.versionId, locals.locale));
	const picture = version && { ...found.file, title: version.curriculum.name };
	return sendFile(event, picture, { mayKeep: true });
};
