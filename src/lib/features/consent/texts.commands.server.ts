import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { textForm } from './forms.ts';
import { builtInText, inForceOn, type TextOf } from './texts.rules.ts';

export type TextRefusal =
	{ reason: 'nothing_changed' } | { reason: 'changed_meanwhile'; number: number };

/** The first day there is: what came with a release was always in force. */
const ALWAYS = '2000-01-01';

/**
 * Publishes the next version of a text, from today on: the one before stays, as people agreed to it. Refused when
 * somebody published another since it was opened. `today`: a civil date.
 */
export function publishText(
	ctx: Context,
	input: z.output<typeof textForm>,
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ number: number }, TextRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'publish consent text', once, input },
		async ({ ctx, refuse, audit }) => {
			const { purpose, reader, language, body, number } = input;
			const versions = await versionsOf(ctx, { purpose, reader, language });
			const newest = versions.at(-1)!;
			if (newest.number !== number) refuse({ reason: 'changed_meanwhile', number: newest.number });
			if (newest.body === body) refuse({ reason: 'nothing_changed' });
			const { numInsertedOrUpdatedRows } = await ctx.db
				.insertInto('consent_text')
				.values({
					...{ id: newId(), section_id: ctx.scope.sectionId },
					...{ purpose, reader, language, body, number: number + 1 },
					published_by: ctx.actor.accountId,
					published_on: today
				})
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst();
			if (!numInsertedOrUpdatedRows) refuse({ reason: 'changed_meanwhile', number: number + 1 });
			await audit({
				action: 'publish consent text',
				objectType: 'section',
				objectId: ctx.scope.sectionId,
				fields: [`consent_text.${purpose}`]
			});
			return { number: number + 1 };
		}
	);
}

/** The id of the text that was in force on a civil date; what came with the release is written down on first use. */
export async function textInForce(ctx: Context, text: TextOf, on: string): Promise<string> {
	return inForceOn(await versionsOf(ctx, text), on)!.id;
}

/** Every version of a text, oldest first; of none yet the first is written down. */
async function versionsOf(ctx: Context, { purpose, reader, language }: TextOf) {
	const read = async () => {
		const rows = await ctx.db
			.selectFrom('consent_text')
			.select(['id', 'number', 'body', 'published_on as publishedOn'])
			.where('section_id', '=', ctx.scope.sectionId)
			.where('purpose', '=', purpose)
			.where('reader', '=', reader)
			.where('language', '=', language)
			.orderBy('number')
			.execute();
		return rows;
	};
	const there = await read();
	if (there.length > 0) return there;
	await ctx.db
		.insertInto('consent_text')
		.values({
			...{ id: newId(), section_id: ctx.scope.sectionId },
			...{ purpose, reader, language, number: 1 },
			body: builtInText({ purpose, reader, language }),
			published_by: null,
			published_on: ALWAYS
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	return read();
}
