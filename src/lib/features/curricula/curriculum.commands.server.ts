import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { textsIn } from '#lib/platform/forms/fields.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { writeContent } from './content.commands.server.ts';
import { laggingJson, onlyEditors, type ChangedMeanwhile } from './drafts.commands.server.ts';
import type { curriculumEditForm, curriculumForm } from './forms.ts';
import type { NewModule } from './types.ts';

export type CurriculumRefusal = { reason: 'not_found' | 'not_editor' | 'name_taken' };

type About = Omit<z.output<typeof curriculumForm>, 'from'>;

/** Makes a curriculum with its first draft, which holds `content`. Answers the draft. */
export function addCurriculum(
	ctx: Context,
	input: About & { content: readonly NewModule[] },
	once: string
): Promise<Outcome<{ id: string; versionId: string }, CurriculumRefusal | KeyReused>> {
	return command(ctx, { name: 'add curriculum', once, input }, async ({ ctx, refuse, audit }) => {
		onlyEditors(ctx, refuse);
		const name = textsIn('name', input);
		if (await isTaken(ctx, name)) refuse({ reason: 'name_taken' });
		const [id, versionId] = [newId(), newId()];
		const section_id = ctx.scope.sectionId;
		await ctx.db
			.insertInto('curriculum')
			.values({ id, section_id, name_texts: textsJson(name), ...columnsOf(input) })
			.execute();
		await ctx.db
			.insertInto('curriculum_version')
			.values({ id: versionId, section_id, curriculum_id: id, number: 1, published_on: null })
			.execute();
		await writeContent(ctx, versionId, input.content);
		await audit({
			action: 'add curriculum',
			objectType: 'curriculum',
			objectId: id,
			fields: ['name_texts', 'type', 'layer', 'audience']
		});
		return { id, versionId };
	});
}

/** Changes what a curriculum is called and what it is; its versions stay as they are. */
export function editCurriculum(
	ctx: Context,
	input: z.output<typeof curriculumEditForm> & { id: string },
	once: string
): Promise<Outcome<{ id: string }, CurriculumRefusal | ChangedMeanwhile | KeyReused>> {
	return command(ctx, { name: 'edit curriculum', once, input }, async ({ ctx, refuse, audit }) => {
		onlyEditors(ctx, refuse);
		const before = await rowOf(ctx, input.id);
		if (!before) return refuse({ reason: 'not_found' });
		const name = textsIn('name', input);
		if (await isTaken(ctx, name, before.id)) refuse({ reason: 'name_taken' });
		const changed = await ctx.db
			.updateTable('curriculum')
			.set({
				...columnsOf(input),
				name_texts: textsJson(name),
				outdated: laggingJson(
					before,
					[{ name: before.name_texts }, { name }],
					input.isSame === 'yes'
				),
				version: input.version + 1
			})
			.where('id', '=', before.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.where('version', '=', input.version)
			.executeTakeFirst();
		if (!changed.numUpdatedRows) refuse({ reason: 'changed', version: before.version });
		await audit({
			action: 'edit curriculum',
			objectType: 'curriculum',
			objectId: before.id,
			fields: ['name_texts', 'type', 'layer', 'audience']
		});
		return { id: before.id };
	});
}

/** Nothing is planned from it any more; what was planned, and every version, stays. `on`: a civil date. */
export function retire(
	ctx: Context,
	input: { id: string; on: string },
	once: string
): Promise<Outcome<{ id: string }, CurriculumRefusal | KeyReused>> {
	return setRetired(ctx, { name: 'retire curriculum', id: input.id, retired_on: input.on }, once);
}

/** Takes a retired curriculum into use again. */
export function bringBack(
	ctx: Context,
	input: { id: string },
	once: string
): Promise<Outcome<{ id: string }, CurriculumRefusal | KeyReused>> {
	return setRetired(ctx, { name: 'bring curriculum back', id: input.id, retired_on: null }, once);
}

function setRetired(
	ctx: Context,
	{ name, id, retired_on }: { name: string; id: string; retired_on: string | null },
	once: string
): Promise<Outcome<{ id: string }, CurriculumRefusal | KeyReused>> {
	return command(ctx, { name, once, input: { id } }, async ({ ctx, refuse, audit }) => {
		onlyEditors(ctx, refuse);
		const changed = await ctx.db
			.updateTable('curriculum')
			.set({ retired_on })
			.where('id', '=', id)
			.where('section_id', '=', ctx.scope.sectionId)
			.where('is_imported', '=', 0)
			.executeTakeFirst();
		if (!changed.numUpdatedRows) refuse({ reason: 'not_found' });
		await audit({
			action: name,
			objectType: 'curriculum',
			objectId: id,
			fields: ['retired_on']
		});
		return { id };
	});
}

function columnsOf({ type, layer, audience }: Pick<About, 'type' | 'layer' | 'audience'>) {
	return { type, layer: layer === 'none' ? null : layer, audience };
}

function rowOf({ db, scope }: Context, id: string) {
	return db
		.selectFrom('curriculum')
		.selectAll()
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.where('is_imported', '=', 0)
		.executeTakeFirst();
}

/** Whether another curriculum of the section has one of the names in the same language. */
async function isTaken({ db, scope }: Context, name: Texts, own = ''): Promise<boolean> {
	const rows = await db
		.selectFrom('curriculum')
		.select('name_texts')
		.where('section_id', '=', scope.sectionId)
		.where('id', '<>', own)
		.execute();
	return rows.some(({ name_texts }) => {
		const other = JSON.parse(name_texts) as Texts;
		return Object.entries(name).some(([locale, text]) => text && other[locale] === text);
	});
}
