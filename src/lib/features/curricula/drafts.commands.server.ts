import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import type { Outdated } from './types.ts';
import { outdatedAfter } from './wording.rules.ts';

/** Why nothing of a version changed. */
export type DraftRefusal = {
	reason:
		/** Not there, or not for who asks. */
		| 'not_found'
		/** Who edits reaches the whole section. */
		| 'not_editor'
		/** A published version never changes. */
		| 'published';
};

/** Somebody else changed it first; `version` is what stands now. */
export type ChangedMeanwhile = { reason: 'changed'; version: number };

/** Refuses everybody who does not reach the whole section. */
export function onlyEditors(ctx: Context, refuse: (refusal: { reason: 'not_editor' }) => never) {
	if (ctx.scope.centreIds !== null) refuse({ reason: 'not_editor' });
}

/**
 * A command on a draft: takes the draft first, so that changes of two people come one after the other and none
 * reaches a version that is being published; then works; and says so in the audit.
 */
export function draftCommand<Done, Refusal extends { reason: string } = never>(
	ctx: Context,
	{
		name,
		once,
		input,
		fields
	}: { name: string; once: string; input: { versionId: string }; fields: string[] },
	work: (work: Work<Refusal | DraftRefusal>) => Promise<Done>
): Promise<Outcome<Done, Refusal | DraftRefusal | KeyReused>> {
	return command<Done, Refusal | DraftRefusal>(ctx, { name, once, input }, async (given) => {
		onlyEditors(given.ctx, given.refuse);
		const state = await takeDraft(given.ctx, input.versionId);
		if (state !== 'taken') given.refuse({ reason: state });
		const done = await work(given);
		await given.audit({
			action: name,
			objectType: 'curriculum_version',
			objectId: input.versionId,
			fields
		});
		return done;
	});
}

/** Takes a draft for the rest of the transaction; or says why there is none to take. */
export async function takeDraft(
	{ db, scope }: Context,
	versionId: string
): Promise<'taken' | 'published' | 'not_found'> {
	const taken = await db
		.updateTable('curriculum_version')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('id', '=', versionId)
		.where('section_id', '=', scope.sectionId)
		.where('published_on', 'is', null)
		.executeTakeFirst();
	if (taken.numUpdatedRows) return 'taken';
	const row = await db
		.selectFrom('curriculum_version')
		.select('id')
		.where('id', '=', versionId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return row ? 'published' : 'not_found';
}

/** What a row's list of lagging texts becomes, as it is stored. */
export function laggingJson(
	before: { outdated: string },
	[was, is]: [Record<string, string>, Record<string, Texts>],
	isSame: boolean
): string {
	const texts = Object.fromEntries(
		Object.entries(was).map(([field, json]) => [field, JSON.parse(json) as Texts])
	);
	const outdated = JSON.parse(before.outdated) as Outdated;
	return JSON.stringify(outdatedAfter(texts, is, { outdated, isSame }));
}
