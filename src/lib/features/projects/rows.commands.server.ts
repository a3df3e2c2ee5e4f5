import { keepCounts } from '#lib/features/counts/commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { belonging } from './queries.server.ts';
import type { Belonging } from './types.ts';

/** Rows of projects for the commands of other features: on their transaction, by their rules. */

interface Link {
	project_id: string;
	section_id: string;
	of: string;
}

const LINKS = {
	cycle: {
		add: (db: Db, links: Link[]) =>
			insertAll(
				db,
				'project_cycle',
				links.map(({ of, ...link }) => ({ ...link, cycle_id: of }))
			),
		drop: (db: Db, of: string, projectIds: string[]) =>
			db
				.deleteFrom('project_cycle')
				.where('cycle_id', '=', of)
				.where('project_id', 'in', projectIds)
	},
	target: {
		add: (db: Db, links: Link[]) =>
			insertAll(
				db,
				'project_target',
				links.map(({ of, ...link }) => ({ ...link, target_id: of }))
			),
		drop: (db: Db, of: string, projectIds: string[]) =>
			db
				.deleteFrom('project_target')
				.where('target_id', '=', of)
				.where('project_id', 'in', projectIds)
	},
	milestone: {
		add: (db: Db, links: Link[]) =>
			insertAll(
				db,
				'project_milestone',
				links.map(({ of, ...link }) => ({ ...link, milestone_id: of }))
			),
		drop: (db: Db, of: string, projectIds: string[]) =>
			db
				.deleteFrom('project_milestone')
				.where('milestone_id', '=', of)
				.where('project_id', 'in', projectIds)
	}
};

/**
 * Lets something of the section belong to these projects and no others; answers whether that changed anything, or
 * `unknown` for a project the section takes no part in, or that was ended before. Part of a larger command, which
 * counts anew what follows from it.
 */
export async function belongTo(
	{ db, scope }: Context,
	{ kind, id }: { kind: Belonging; id: string },
	wanted: readonly string[]
): Promise<boolean | 'unknown'> {
	const rows = await belonging(db, kind)
		.select('link.project_id')
		.where('link.of_id', '=', id)
		.where('link.section_id', '=', scope.sectionId)
		.execute();
	const there = rows.map(({ project_id }) => project_id);
	const fresh = [...new Set(wanted)].filter((one) => !there.includes(one));
	const gone = there.filter((one) => !wanted.includes(one));
	if (!(await areOpen(db, scope.sectionId, fresh))) return 'unknown';
	if (gone.length > 0) await LINKS[kind].drop(db, id, gone).execute();
	await LINKS[kind].add(
		db,
		fresh.map((project_id) => ({ project_id, section_id: scope.sectionId, of: id }))
	);
	return fresh.length + gone.length > 0;
}

/** Lets something of the section belong to one more project; false when it does already. */
export async function addTo(
	{ db, scope }: Context,
	{ kind, ids }: { kind: Belonging; ids: readonly string[] },
	projectId: string
): Promise<boolean> {
	const rows = await belonging(db, kind)
		.where('link.project_id', '=', projectId)
		.where('link.section_id', '=', scope.sectionId)
		.execute();
	const fresh = ids.filter((id) => !rows.some(({ of_id }) => of_id === id));
	await LINKS[kind].add(
		db,
		fresh.map((of) => ({ of, project_id: projectId, section_id: scope.sectionId }))
	);
	return fresh.length > 0;
}

/** Takes something of the section out of one project; false when it is not in it. */
export async function takeOut(
	{ db, scope }: Context,
	{ kind, id }: { kind: Belonging; id: string },
	projectId: string
): Promise<boolean> {
	const link = await belonging(db, kind)
		.where('link.of_id', '=', id)
		.where('link.project_id', '=', projectId)
		.where('link.section_id', '=', scope.sectionId)
		.executeTakeFirst();
	if (link) await LINKS[kind].drop(db, id, [projectId]).execute();
	return link !== undefined;
}

/** Takes a milestone out of all its projects before it is removed; answers which these were. */
export async function leaveAll(ctx: Context, milestoneId: string): Promise<string[]> {
	const rows = await ctx.db
		.deleteFrom('project_milestone')
		.where('milestone_id', '=', milestoneId)
		.where('section_id', '=', ctx.scope.sectionId)
		.returning('project_id')
		.execute();
	return rows.map(({ project_id }) => project_id);
}

/** Counts the sessions of a cycle anew, whose projects changed. */
export async function countCycle({ db, scope }: Context, cycleId: string): Promise<void> {
	const sessions = await db
		.selectFrom('session')
		.select('id')
		.where('cycle_id', '=', cycleId)
		.where('section_id', '=', scope.sectionId)
		.execute();
	await keepCounts(db, scope.sectionId, { sessions: sessions.map(({ id }) => id) });
}

async function areOpen(db: Db, sectionId: string, ids: readonly string[]): Promise<boolean> {
	if (ids.length === 0) return true;
	const rows = await db
		.selectFrom('project_section as part')
		.innerJoin('project', 'project.id', 'part.project_id')
		.select('project.id')
		.where('part.section_id', '=', sectionId)
		.where('project.ended_on', 'is', null)
		.where('project.id', 'in', ids)
		.execute();
	return rows.length === ids.length;
}
