import type { z } from 'zod';
import { ensureBodies } from '#lib/features/organisation/body.commands.server.ts';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { ProjectPart } from '#lib/platform/db/vocabularies.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { projectEditForm, projectForm } from './forms.ts';
import { findProjectSheet, listOtherSections } from './queries.server.ts';
import { countriesIn } from './rules.ts';

export type ProjectRefusal =
	| { reason: 'not_found' | 'body_unknown' | 'section_unknown' }
	/** Names that are no country's. */
	| { reason: 'country_unknown'; names: string[] }
	/** A section that is to leave and has something in it still. */
	| { reason: 'section_in_use' }
	| { reason: 'changed_meanwhile'; version: number };
export type EndRefusal = { reason: 'not_found' };

type Sheet = z.output<typeof projectForm> & { locale: Locale };

/** Makes a project the section keeps; bodies that are new with it are made too. */
export function makeProject(
	ctx: Context,
	input: Sheet,
	once: string
): Promise<Outcome<{ id: string }, ProjectRefusal | KeyReused>> {
	return command<{ id: string }, ProjectRefusal>(
		ctx,
		{ name: 'make project', once, input },
		async ({ ctx, refuse, audit }) => {
			const fault = await faultOf(ctx, input);
			if (fault) refuse(fault);
			const id = newId();
			const section_id = ctx.scope.sectionId;
			await ctx.db
				.insertInto('project')
				.values({
					...{ id, section_id, ended_on: null },
					...columnsOf(input, {}),
					is_example: ctx.actor.kind === 'staff' && ctx.actor.isExample ? 1 : 0
				})
				.execute();
			await writeBodies(ctx, id, input);
			await takeIn(ctx, id, [section_id, ...input.section]);
			await audit(noted('make project', id));
			return { id };
		}
	);
}

/** Changes what a project is; refuses when somebody else was first, and to let go a section that has something in it. */
export function saveProject(
	ctx: Context,
	{ projectId, ...input }: z.output<typeof projectEditForm> & { projectId: string; locale: Locale },
	once: string
): Promise<Outcome<{ id: string }, ProjectRefusal | KeyReused>> {
	return command<{ id: string }, ProjectRefusal>(
		ctx,
		{ name: 'save project', once, input: { ...input, projectId } },
		async ({ ctx, refuse, audit }) => {
			const before = await findProjectSheet(ctx, projectId);
			if (!before) return refuse({ reason: 'not_found' });
			const fault = await faultOf(ctx, input);
			if (fault) refuse(fault);
			const { numUpdatedRows } = await ctx.db
				.updateTable('project')
				.set((eb) => ({ ...columnsOf(input, before.advisory), version: eb('version', '+', 1) }))
				.where('id', '=', projectId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('version', '=', input.version)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'changed_meanwhile', version: before.version });
			await writeBodies(ctx, projectId, input);
			const leaving = before.sectionIds.filter((id) => !input.section.includes(id));
			if (await haveSomething(ctx, projectId, leaving)) refuse({ reason: 'section_in_use' });
			await letGo(ctx, projectId, leaving);
			const coming = input.section.filter((id) => !before.sectionIds.includes(id));
			await takeIn(ctx, projectId, coming);
			await audit(noted('save project', projectId));
			return { id: projectId };
		}
	);
}

/** Ends a project on the section's today: what is in it goes on counting, nothing new is put in. Ended already, it stays so. */
export function endProject(
	ctx: Context,
	{ projectId }: { projectId: string },
	once: string
): Promise<Outcome<{ id: string }, EndRefusal | KeyReused>> {
	return endedOn(ctx, { name: 'end project', projectId, isEnded: true }, once);
}

/** Lets a project that was ended run on. */
export function goOnWithProject(
	ctx: Context,
	{ projectId }: { projectId: string },
	once: string
): Promise<Outcome<{ id: string }, EndRefusal | KeyReused>> {
	return endedOn(ctx, { name: 'go on with project', projectId, isEnded: false }, once);
}

function endedOn(
	ctx: Context,
	{ name, projectId, isEnded }: { name: string; projectId: string; isEnded: boolean },
	once: string
): Promise<Outcome<{ id: string }, EndRefusal | KeyReused>> {
	return command<{ id: string }, EndRefusal>(
		ctx,
		{ name, once, input: { projectId } },
		async ({ ctx, refuse, audit }) => {
			const { zone } = await ctx.db
				.selectFrom('section')
				.select('zone')
				.where('id', '=', ctx.scope.sectionId)
				.executeTakeFirstOrThrow();
			const { numUpdatedRows } = await ctx.db
				.updateTable('project')
				.set((eb) => ({
					ended_on: isEnded ? eb.fn.coalesce('ended_on', eb.val(dateIn(zone, ctx.now))) : null,
					version: eb('version', '+', 1)
				}))
				.where('id', '=', projectId)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'not_found' });
			await audit({
				action: name,
				objectType: 'project',
				objectId: projectId,
				fields: ['ended_on']
			});
			return { id: projectId };
		}
	);
}

function columnsOf(input: Sheet, advisory: Texts) {
	const { [input.locale]: _, ...others } = advisory;
	return {
		name_texts: textsJson(namesIn(input)),
		advisory_texts: textsJson({
			...others,
			...(input.advisory && { [input.locale]: input.advisory })
		}),
		countries: countriesIn(input.countries ?? '').codes.join(','),
		starts_on: input.starts,
		ends_on: input.ends
	};
}

async function faultOf(ctx: Context, input: Sheet): Promise<ProjectRefusal | null> {
	const { unknown } = countriesIn(input.countries ?? '');
	if (unknown.length > 0) return { reason: 'country_unknown', names: unknown };
	await lockSection(ctx);
	const chosen = [...new Set([...input.funder, ...input.partner])];
	const bodies =
		chosen.length === 0
			? []
			: await ctx.db
					.selectFrom('body')
					.select('id')
					.where('section_id', '=', ctx.scope.sectionId)
					.where('id', 'in', chosen)
					.execute();
	if (bodies.length < chosen.length) return { reason: 'body_unknown' };
	const others = await listOtherSections(ctx, input.locale);
	const isOther = (id: string) => others.some((other) => other.id === id);
	return input.section.every(isOther) ? null : { reason: 'section_unknown' };
}

/** Puts these bodies in place of those there were; a name typed beside them is a body too. */
async function writeBodies(ctx: Context, projectId: string, input: Sheet): Promise<void> {
	const typed = [
		{ part: 'funder' as const, name: input.newFunder },
		{ part: 'partner' as const, name: input.newPartner }
	].filter((one): one is { part: ProjectPart; name: string } => one.name !== undefined);
	const made = await ensureBodies(
		ctx,
		typed.map(({ part, name }) => ({ names: { [input.locale]: name }, kind: part }))
	);
	const parts = [
		...input.funder.map((body) => `funder ${body}`),
		...input.partner.map((body) => `partner ${body}`),
		...typed.map(({ part }, i) => `${part} ${made[i]!}`)
	];
	await ctx.db.deleteFrom('project_body').where('project_id', '=', projectId).execute();
	await insertAll(
		ctx.db,
		'project_body',
		[...new Set(parts)].map((said) => {
			const [part, body_id] = said.split(' ') as [ProjectPart, string];
			return { project_id: projectId, body_id, part, section_id: ctx.scope.sectionId };
		})
	);
}

/** A section that comes in shows nothing until it says so itself. */
async function takeIn({ db }: Context, project_id: string, sections: readonly string[]) {
	await insertAll(
		db,
		'project_section',
		[...new Set(sections)].map((section_id) => ({ project_id, section_id }))
	);
}

async function letGo({ db }: Context, projectId: string, sections: readonly string[]) {
	if (sections.length === 0) return;
	await db
		.deleteFrom('project_section')
		.where('project_id', '=', projectId)
		.where('section_id', 'in', sections)
		.execute();
}

/** Whether one of these sections has put anything into a project, or holds a project manager to it, in one statement. */
async function haveSomething({ db }: Context, projectId: string, sections: readonly string[]) {
	if (sections.length === 0) return false;
	const of = (table: 'project_cycle' | 'project_target' | 'project_milestone' | 'account_role') =>
		db
			.selectFrom(table)
			.select('section_id')
			.where('project_id', '=', projectId)
			.where('section_id', 'in', sections);
	const row = await of('project_cycle')
		.unionAll(of('project_target'))
		.unionAll(of('project_milestone'))
		.unionAll(of('account_role'))
		.executeTakeFirst();
	return row !== undefined;
}

function noted(action: string, objectId: string) {
	const fields = ['name_texts', 'starts_on', 'ends_on', 'countries', 'bodies', 'sections'];
	return { action, objectType: 'project', objectId, fields };
}
