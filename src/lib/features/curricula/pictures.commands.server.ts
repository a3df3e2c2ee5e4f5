import type { KeyReused, Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { addFile, type KeptFile } from '#lib/platform/files/rows.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { draftCommand, type DraftRefusal } from './drafts.commands.server.ts';
import type { Where } from './plans.commands.server.ts';

export type PictureRefusal =
	| DraftRefusal
	| { reason: 'not_there' }
	/** The section keeps as many files as it may. */
	| { reason: 'share' };

/** Gives a plan of a draft a picture of its own, in place of one it had; its content is kept already. */
export function setPicture(
	ctx: Context,
	input: { shows: string; file: KeptFile; locale: Locale } & Where,
	once: string
): Promise<Outcome<null, PictureRefusal | KeyReused>> {
	const { locale, ...asked } = input;
	return draftCommand<null, PictureRefusal>(
		ctx,
		{ name: 'set picture', once, input: asked, fields: ['picture_file_id', 'picture_texts'] },
		async ({ ctx, refuse }) => {
			const picture_file_id = (await addFile(ctx, input.file)) ?? refuse({ reason: 'share' });
			const picture_texts = textsJson({ [locale]: input.shows });
			if (!(await write(ctx, input, { picture_file_id, picture_texts })))
				refuse({ reason: 'not_there' });
			return null;
		}
	);
}

/** Takes the own picture of a plan of a draft away; that of `picture` is shown again. */
export function removePicture(
	ctx: Context,
	input: Where,
	once: string
): Promise<Outcome<null, PictureRefusal | KeyReused>> {
	return draftCommand<null, PictureRefusal>(
		ctx,
		{ name: 'remove picture', once, input, fields: ['picture_file_id', 'picture_texts'] },
		async ({ ctx, refuse }) => {
			if (!(await write(ctx, input, { picture_file_id: null, picture_texts: '{}' })))
				refuse({ reason: 'not_there' });
			return null;
		}
	);
}

/** False where there is no such plan in the draft. Its version stays: a form that is open does not write the picture. */
async function write(
	{ db }: Context,
	{ versionId, planId }: Where,
	picture: { picture_file_id: string | null; picture_texts: string }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('session_plan')
		.set(picture)
		.where('id', '=', planId)
		.where('version_id', '=', versionId)
		.executeTakeFirst();
	return numUpdatedRows > 0;
}
