import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { BodyKind } from '#lib/platform/db/vocabularies.ts';
import { fold } from '#lib/platform/i18n/fold.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { lockSection } from './rows.commands.server.ts';

/**
 * Puts bodies into the section, or finds those that bear one of the names in any language already and makes them of
 * this kind too; answers their ids in the same order. Part of a larger command, whose audit names them.
 */
export async function ensureBodies(
	ctx: Context,
	wanted: readonly { names: Texts; kind: BodyKind }[]
): Promise<string[]> {
	if (wanted.length === 0) return [];
	await lockSection(ctx);
	const section_id = ctx.scope.sectionId;
	const rows = await ctx.db
		.selectFrom('body')
		.select(['id', 'name_texts'])
		.where('section_id', '=', section_id)
		.execute();
	const known = rows.map(({ id, name_texts }) => ({
		id,
		names: namesOf(JSON.parse(name_texts) as Texts)
	}));
	const found = wanted.map(({ names, kind }) => {
		const own = namesOf(names);
		const there = known.find((one) => one.names.some((name) => own.includes(name)));
		return { id: there?.id ?? newId(), isNew: !there, names, kind };
	});
	await insertAll(
		ctx.db,
		'body',
		found
			.filter(({ isNew }) => isNew)
			.map(({ id, names }) => {
				return { id, section_id, name_texts: textsJson(names), source_texts: null };
			})
	);
	await ctx.db
		.insertInto('body_kind')
		.values(found.map(({ id, kind }) => ({ body_id: id, kind, section_id })))
		.onConflict((conflict) => conflict.columns(['body_id', 'kind']).doNothing())
		.execute();
	return found.map(({ id }) => id);
}

function namesOf(texts: Texts): string[] {
	return Object.values(texts).flatMap((name) => (name ? [fold(name.trim())] : []));
}
