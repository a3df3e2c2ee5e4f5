import { isEditor, listCurricula } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = ctxOf(locals);
	return { curricula: await listCurricula(ctx, locals.locale), isEditor: isEditor(ctx) };
};
