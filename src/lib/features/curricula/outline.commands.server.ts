import { sql } from 'kysely';
import type { z } from 'zod';
import type { KeyReused, Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { textsIn } from '#lib/platform/forms/fields.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import {
	draftCommand,
	laggingJson,
	type ChangedMeanwhile,
	type DraftRefusal
} from './drafts.commands.server.ts';
import type { moduleEditForm, moduleForm, newPlanForm } from './forms.ts';
import { moved, outlineOf, type Move, type Outline } from './outline.rules.ts';

/** Modules and session plans of a draft: added, named, ordered, taken out. */

export type OutlineRefusal = DraftRefusal | { reason: 'nowhere_to_go' | 'not_there' };

/** Adds a module at the end. */
export function addModule(
	ctx: Context,
	input: z.output<typeof moduleForm> & { versionId: string },
	once: string
): Promise<Outcome<{ id: string }, DraftRefusal | KeyReused>> {
	return draftCommand(
		ctx,
		{ name: 'add module', once, input, fields: ['name_texts'] },
		async ({ ctx }) => {
			const { modules } = await readOutline(ctx, input.versionId);
			const id = newId();
			await ctx.db
				.insertInto('curriculum_module')
				.values({
					...{ id, section_id: ctx.scope.sectionId, version_id: input.versionId },
					position: modules.length + 1,
					name_texts: textsJson(textsIn('name', input))
				})
				.execute();
			return { id };
		}
	);
}

/** Names a module anew. */
export function editModule(
	ctx: Context,
	input: z.output<typeof moduleEditForm> & { versionId: string },
	once: string
): Promise<Outcome<{ id: string }, OutlineRefusal | ChangedMeanwhile | KeyReused>> {
	return draftCommand<{ id: string }, OutlineRefusal | ChangedMeanwhile>(
		ctx,
		{ name: 'edit module', once, input, fields: ['name_texts'] },
		async ({ ctx, refuse }) => {
			const before = await ctx.db
				.selectFrom('curriculum_module')
				.selectAll()
				.where('id', '=', input.module)
				.where('version_id', '=', input.versionId)
				.executeTakeFirst();
			if (!before) return refuse({ reason: 'not_there' });
			const name = textsIn('name', input);
			if (before.version !== input.version) refuse({ reason: 'changed', version: before.version });
			await ctx.db
				.updateTable('curriculum_module')
				.set({
					name_texts: textsJson(name),
					outdated: laggingJson(
						before,
						[{ name: before.name_texts }, { name }],
						input.isSame === 'yes'
					),
					version: before.version + 1
				})
				.where('id', '=', before.id)
				.execute();
			return { id: before.id };
		}
	);
}

/** Takes a module out; its plans stay, at the end of the one above. */
export function removeModule(
	ctx: Context,
	input: { versionId: string; module: string },
	once: string
): Promise<Outcome<{ id: string }, OutlineRefusal | KeyReused>> {
	return draftCommand<{ id: string }, OutlineRefusal>(
		ctx,
		{ name: 'remove module', once, input, fields: [] },
		async ({ ctx, refuse }) => {
			const { outline } = await readOutline(ctx, input.versionId);
			const at = outline.findIndex(({ module }) => module === input.module);
			if (at < 1) refuse({ reason: 'not_there' });
			const above = outline[at - 1]!;
			const merged = { ...above, plans: [...above.plans, ...outline[at]!.plans] };
			await writeOutline(ctx, input.versionId, outline.with(at - 1, merged).toSpliced(at, 1));
			await ctx.db.deleteFrom('curriculum_module').where('id', '=', input.module).execute();
			return { id: input.module };
		}
	);
}

/** Adds a session plan at the end of a module, or of those without one. */
export function addPlan(
	ctx: Context,
	input: z.output<typeof newPlanForm> & { versionId: string },
	once: string
): Promise<Outcome<{ id: string }, OutlineRefusal | KeyReused>> {
	return draftCommand<{ id: string }, OutlineRefusal>(
		ctx,
		{ name: 'add session plan', once, input, fields: ['title_texts', 'minutes'] },
		async ({ ctx, refuse }) => {
			const { outline, plans } = await readOutline(ctx, input.versionId);
			const module_id = input.module ?? null;
			const part = outline.find(({ module }) => module === module_id);
			if (!part) return refuse({ reason: 'not_there' });
			const id = newId();
			await ctx.db
				.insertInto('session_plan')
				.values({
					...{ id, section_id: ctx.scope.sectionId, version_id: input.versionId, module_id },
					...{ position: plans.length + 1, minutes: input.minutes, picture: null },
					title_texts: textsJson(textsIn('title', input))
				})
				.execute();
			const added = { ...part, plans: [...part.plans, id] };
			await writeOutline(ctx, input.versionId, outline.with(outline.indexOf(part), added));
			return { id };
		}
	);
}

/** Moves a plan or a module within the draft. */
export function moveInOutline(
	ctx: Context,
	input: { versionId: string; move: Move },
	once: string
): Promise<Outcome<{ versionId: string }, OutlineRefusal | KeyReused>> {
	return draftCommand<{ versionId: string }, OutlineRefusal>(
		ctx,
		{ name: 'order version', once, input, fields: ['position', 'module_id'] },
		async ({ ctx, refuse }) => {
			const { outline } = await readOutline(ctx, input.versionId);
			const next = moved(outline, input.move) ?? refuse({ reason: 'nowhere_to_go' });
			await writeOutline(ctx, input.versionId, next);
			return { versionId: input.versionId };
		}
	);
}

/** The order a version has now. */
export async function readOutline({ db }: Context, versionId: string) {
	const modules = await db
		.selectFrom('curriculum_module')
		.select(['id', 'position'])
		.where('version_id', '=', versionId)
		.execute();
	const plans = await db
		.selectFrom('session_plan')
		.select(['id', 'position', 'module_id as moduleId'])
		.where('version_id', '=', versionId)
		.execute();
	return { modules, plans, outline: outlineOf(modules, plans) };
}

/** Writes the order of a draft that was taken; first out of each other's way, since two may not have the same place for a moment. */
export async function writeOutline(
	ctx: Context,
	versionId: string,
	outline: Outline
): Promise<void> {
	const modules = outline.flatMap(({ module }) => module ?? []);
	const plans = outline.flatMap(({ module, plans }) => plans.map((id) => ({ id, module })));
	const moduleRows = ctx.db.updateTable('curriculum_module').where('version_id', '=', versionId);
	const planRows = ctx.db.updateTable('session_plan').where('version_id', '=', versionId);
	if (modules.length > 0) {
		await moduleRows.set({ position: aside }).execute();
		await moduleRows
			.set({ position: placeIn(modules) })
			.where('id', 'in', modules)
			.execute();
	}
	if (plans.length === 0) return;
	const planIds = plans.map(({ id }) => id);
	await planRows.set({ position: aside }).execute();
	await planRows
		.set({ position: placeIn(planIds) })
		.where('id', 'in', planIds)
		.execute();
	const module_id = sql<string | null>`case id ${sql.join(
		plans.map(({ id, module }) => sql`when ${id} then ${module}`),
		sql` `
	)} end`;
	await planRows.set({ module_id }).execute();
}

/** Below every place there is. */
const aside = sql<number>`-position`;

/** A row's place among some ids, 1 for the first. */
export function placeIn(ids: readonly string[]) {
	return sql<number>`case id ${sql.join(
		ids.map((id, at) => sql`when ${id} then ${sql.lit(at + 1)}`),
		sql` `
	)} end`;
}
