import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { known } from '#lib/platform/db/vocabularies.ts';
import { BANDS, type Band, type OwnItem } from './bank.rules.ts';
import {
	builtInContent,
	gapsIn,
	inOrder,
	MOST_OWN,
	nextOwnId,
	withForms,
	withoutQuestion,
	withQuestion,
	type AskedContent,
	type Gap
} from './draft.rules.ts';
import { isAskingEditor } from './queries.server.ts';
import type { OwnQuestion } from './types.ts';

export type AskingRefusal = {
	reason:
		/** Not there, or not for who asks. */
		| 'not_found'
		/** Who edits reaches the whole section. */
		| 'not_editor'
		/** A published version never changes. */
		| 'published';
};
export type AskingDraftRefusal = { reason: 'not_found' | 'not_editor' | 'draft_there' };
export type QuestionRefusal = AskingRefusal | { reason: 'too_many' | 'no_question' };
export type FormRefusal = AskingRefusal | { reason: 'asks_nothing' };
export type AskingPublishRefusal = AskingRefusal | { reason: 'gaps'; gaps: Gap[] };

type Changed = Outcome<{ versionId: string }, AskingRefusal | KeyReused>;

/** Begins a draft: a copy of the newest version there, else what Halqa comes with. `curriculumId` null: for the section. */
export function draftAsked(
	ctx: Context,
	input: { curriculumId: string | null },
	once: string
): Promise<Outcome<{ versionId: string }, AskingDraftRefusal | KeyReused>> {
	return command<{ versionId: string }, AskingDraftRefusal>(
		ctx,
		{ name: 'draft questions', once, input },
		async ({ ctx, refuse, audit }) => {
			if (!isAskingEditor(ctx)) refuse({ reason: 'not_editor' });
			const { curriculumId } = input;
			if (curriculumId !== null && !(await isThere(ctx, curriculumId)))
				refuse({ reason: 'not_found' });
			const newest = await ctx.db
				.selectFrom('asked_version')
				.select(['number', 'content'])
				.where('section_id', '=', ctx.scope.sectionId)
				.where('curriculum_id', curriculumId === null ? 'is' : '=', curriculumId)
				.orderBy('number', 'desc')
				.executeTakeFirst();
			const versionId = newId();
			const { numInsertedOrUpdatedRows } = await ctx.db
				.insertInto('asked_version')
				.values({
					...{ id: versionId, section_id: ctx.scope.sectionId, curriculum_id: curriculumId },
					number: (newest?.number ?? 0) + 1,
					content: newest?.content ?? JSON.stringify(builtInContent()),
					...{ published_on: null, published_by: null }
				})
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows !== 1n) refuse({ reason: 'draft_there' });
			await audit({
				action: 'draft questions',
				objectType: 'asked_version',
				objectId: versionId,
				fields: []
			});
			return { versionId };
		}
	);
}

async function isThere({ db, scope }: Context, curriculumId: string): Promise<boolean> {
	const found = await db
		.selectFrom('curriculum')
		.select('id')
		.where('id', '=', curriculumId)
		.where('section_id', '=', scope.sectionId)
		.where('is_imported', '=', 0)
		.executeTakeFirst();
	return found !== undefined;
}

/** Says which items a band is asked, and in which order: places from 1, none for what is not asked. */
export function setForms(
	ctx: Context,
	input: {
		versionId: string;
		band: Band;
		pulse: Readonly<Record<string, number>>;
		full: Readonly<Record<string, number>>;
	},
	once: string
): Promise<Outcome<{ versionId: string }, FormRefusal | KeyReused>> {
	const band = known(BANDS, input.band);
	return change<FormRefusal>(ctx, 'set questions', input, once, (content, refuse) => {
		const forms = {
			pulse: inOrder(band, content, input.pulse),
			full: inOrder(band, content, input.full)
		};
		if (forms.pulse.length === 0 || forms.full.length === 0) refuse({ reason: 'asks_nothing' });
		return withForms(content, band, forms);
	});
}

/** Words a question of one's own; without an id it is a new one. */
export function saveQuestion(
	ctx: Context,
	input: { versionId: string; question: Omit<OwnQuestion, 'id'> & { id: OwnItem | null } },
	once: string
): Promise<Outcome<{ versionId: string; questionId: string }, QuestionRefusal | KeyReused>> {
	let questionId = '';
	return change<QuestionRefusal, { versionId: string; questionId: string }>(
		ctx,
		'word question',
		input,
		once,
		(content, refuse) => {
			const { id } = input.question;
			if (id !== null && !content.questions.some((one) => one.id === id))
				refuse({ reason: 'no_question' });
			if (id === null && content.questions.length >= MOST_OWN) refuse({ reason: 'too_many' });
			const question = { ...input.question, id: id ?? nextOwnId(content) };
			questionId = question.id;
			return withQuestion(content, question);
		},
		(done) => ({ ...done, questionId })
	);
}

/** Takes a question of one's own out of a draft, and out of every form of it. */
export function removeQuestion(
	ctx: Context,
	input: { versionId: string; questionId: OwnItem },
	once: string
): Promise<Outcome<{ versionId: string }, AskingRefusal | KeyReused>> {
	return change(ctx, 'remove question', input, once, (content) =>
		withoutQuestion(content, input.questionId)
	);
}

/** From now on the version never changes, and codes are opened with it. `on`: a civil date. */
export function publishAsked(
	ctx: Context,
	input: { versionId: string; on: string },
	once: string
): Promise<Outcome<{ versionId: string }, AskingPublishRefusal | KeyReused>> {
	const { versionId, on } = input;
	return change<AskingPublishRefusal>(
		ctx,
		'publish questions',
		{ versionId },
		once,
		(content, refuse) => {
			const gaps = gapsIn(content);
			if (gaps.length > 0) refuse({ reason: 'gaps', gaps });
			return content;
		},
		(done) => done,
		{ published_on: on, published_by: ctx.actor.accountId }
	);
}

/** Drops a draft: nobody but its editors knew of it. */
export function dropDraft(
	ctx: Context,
	input: { versionId: string },
	once: string
): Promise<Changed> {
	return command<{ versionId: string }, AskingRefusal>(
		ctx,
		{ name: 'drop questions', once, input },
		async ({ ctx, refuse, audit }) => {
			await takeDraft(ctx, input.versionId, refuse);
			await ctx.db.deleteFrom('asked_version').where('id', '=', input.versionId).execute();
			await audit({
				action: 'drop questions',
				objectType: 'asked_version',
				objectId: input.versionId,
				fields: []
			});
			return input;
		}
	);
}

/** A change of a draft's content, one after another: whoever changes it has taken its row. */
function change<Refusal extends { reason: string }, Done = { versionId: string }>(
	ctx: Context,
	name: string,
	input: { versionId: string },
	once: string,
	to: (content: AskedContent, refuse: (refusal: Refusal) => never) => AskedContent,
	answer: (done: { versionId: string }) => Done = (done) => done as Done,
	more: { published_on?: string; published_by?: string } = {}
): Promise<Outcome<Done, Refusal | AskingRefusal | KeyReused>> {
	return command<Done, Refusal | AskingRefusal>(
		ctx,
		{ name, once, input },
		async ({ ctx, refuse, audit }) => {
			const { versionId } = input;
			const content = to(await takeDraft(ctx, versionId, refuse), refuse);
			await ctx.db
				.updateTable('asked_version')
				.set({ content: JSON.stringify(content), ...more })
				.where('id', '=', versionId)
				.execute();
			await audit({
				action: name,
				objectType: 'asked_version',
				objectId: versionId,
				fields: ['content', ...Object.keys(more)]
			});
			return answer({ versionId });
		}
	);
}

/** Takes a draft for the rest of the transaction and gives what it holds; refuses where there is none to take. */
async function takeDraft(
	ctx: Context,
	versionId: string,
	refuse: (refusal: AskingRefusal) => never
): Promise<AskedContent> {
	if (!isAskingEditor(ctx)) refuse({ reason: 'not_editor' });
	const row = await ctx.db
		.updateTable('asked_version')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('id', '=', versionId)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('published_on', 'is', null)
		.returning('content')
		.executeTakeFirst();
	if (row) return JSON.parse(row.content) as AskedContent;
	const there = await ctx.db
		.selectFrom('asked_version')
		.select('id')
		.where('id', '=', versionId)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	return refuse({ reason: there ? 'published' : 'not_found' });
}
