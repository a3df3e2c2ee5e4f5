import { listBodies } from '#lib/features/organisation/body.queries.server.ts';
import { listOtherSections } from '#lib/features/projects/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';

/** What the form of a project lets choose: bodies of the section, and sections beside it. */
export async function offeredFor(locals: App.Locals) {
	const ctx = ctxOf(locals);
	return {
		bodies: await listBodies(ctx, locals.locale),
		sections: await listOtherSections(ctx, locals.locale)
	};
}
