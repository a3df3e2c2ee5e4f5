import type { z } from 'zod';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { addFile, type KeptFile } from '#lib/platform/files/rows.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { evidenceFileForm, evidenceForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

export type EvidenceRefusal = { reason: 'not_found' };
export type EvidenceFileRefusal =
	| EvidenceRefusal
	/** The section keeps as many files as it may. */
	| { reason: 'share' };

type OfMilestone = { milestoneId: string; locale: Locale };

/** Adds an address that shows what was done, to a milestone or to one of its activities. */
export function addEvidence(
	ctx: Context,
	{ locale, ...input }: z.output<typeof evidenceForm> & OfMilestone,
	once: string
): Promise<Outcome<{ id: string }, EvidenceRefusal | KeyReused>> {
	return command<{ id: string }, EvidenceRefusal>(
		ctx,
		{ name: 'add evidence', once, input },
		async (work) => {
			await findPlace(work, input);
			const address = new URL(input.address).href;
			return insertEvidence(work, { ...input, locale }, { address, file_id: null });
		}
	);
}

/** Adds a file that shows what was done, under the title that was typed; its content is kept already. */
export function addEvidenceFile(
	ctx: Context,
	{ locale, file, ...input }: z.output<typeof evidenceFileForm> & OfMilestone & { file: KeptFile },
	once: string
): Promise<Outcome<{ id: string }, EvidenceFileRefusal | KeyReused>> {
	return command<{ id: string }, EvidenceFileRefusal>(
		ctx,
		{ name: 'add evidence file', once, input: { ...input, file } },
		async (work) => {
			await lockSection(work.ctx);
			await findPlace(work, input);
			const file_id = (await addFile(work.ctx, file)) ?? work.refuse({ reason: 'share' });
			return insertEvidence(work, { ...input, locale }, { address: null, file_id });
		}
	);
}

/** Takes evidence away; a file goes for good once nobody can put it back. */
export function removeEvidence(
	ctx: Context,
	input: { evidence: string; milestoneId: string },
	once: string
): Promise<Outcome<{ undo: string }, EvidenceRefusal | KeyReused>> {
	return command<{ undo: string }, EvidenceRefusal>(
		ctx,
		{ name: 'remove evidence', once, input },
		async ({ ctx, refuse, audit }) => {
			const row = await ctx.db
				.deleteFrom('evidence_link')
				.where('id', '=', input.evidence)
				.where('milestone_id', '=', input.milestoneId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where(({ exists, selectFrom }) =>
					exists(
						selectFrom('milestone')
							.select('milestone.id')
							.whereRef('milestone.id', '=', 'evidence_link.milestone_id')
							.where(isOfProjects(ctx.scope.projectIds))
					)
				)
				.returningAll()
				.executeTakeFirst();
			if (!row) return refuse({ reason: 'not_found' });
			await audit(noted('remove evidence', row.id, []));
			return { undo: await keepUndo(ctx, 'remove evidence', row) };
		}
	);
}

/** Puts evidence back; not under what is gone. */
export const putBackEvidence: Restore<Row<'evidence_link'>> = async (
	{ ctx, audit, inTheWay },
	row
) => {
	const milestone = await ctx.db
		.selectFrom('milestone')
		.select('id')
		.where('id', '=', row.milestone_id)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	if (!milestone) inTheWay();
	const activity = await ctx.db
		.selectFrom('activity')
		.select('id')
		.where('id', '=', row.activity_id ?? '')
		.executeTakeFirst();
	if (row.activity_id !== null && !activity) inTheWay();
	await ctx.db.insertInto('evidence_link').values(row).execute();
	await audit(noted('undo remove evidence', row.id, []));
};

/** Refuses what is not the section's, or an activity of another milestone. */
async function findPlace(
	{ ctx, refuse }: Pick<Work<EvidenceRefusal>, 'ctx' | 'refuse'>,
	{ milestoneId, activity }: { milestoneId: string; activity?: string }
): Promise<void> {
	const own = await ctx.db
		.selectFrom('milestone')
		.leftJoin('activity', (join) =>
			join
				.onRef('activity.milestone_id', '=', 'milestone.id')
				.on('activity.id', '=', activity ?? '')
		)
		.select('activity.id as activity_id')
		.where('milestone.id', '=', milestoneId)
		.where('milestone.section_id', '=', ctx.scope.sectionId)
		.where(isOfProjects(ctx.scope.projectIds))
		.executeTakeFirst();
	if (!own || own.activity_id !== (activity ?? null)) refuse({ reason: 'not_found' });
}

async function insertEvidence(
	{ ctx, audit }: Pick<Work<never>, 'ctx' | 'audit'>,
	input: OfMilestone & { name: string; activity?: string },
	what: Pick<Row<'evidence_link'>, 'address' | 'file_id'>
): Promise<{ id: string }> {
	const id = newId();
	await ctx.db
		.insertInto('evidence_link')
		.values({
			...{ id, section_id: ctx.scope.sectionId, milestone_id: input.milestoneId },
			...{ activity_id: input.activity ?? null, ...what },
			name_texts: textsJson({ [input.locale]: input.name }),
			...{ added_by: ctx.actor.accountId, added_at: ctx.now }
		})
		.execute();
	await audit(noted('add evidence', id, ['name_texts', what.address ? 'address' : 'file_id']));
	return { id };
}

function noted(action: string, objectId: string, fields: string[]) {
	return { action, objectType: 'evidence_link', objectId, fields };
}
