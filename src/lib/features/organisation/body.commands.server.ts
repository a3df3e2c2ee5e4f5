import type { Context } from '#lib/platform/command/context.ts';
import type { BodyKind } from '#lib/platform/db/vocabularies.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { lockSection } from './rows.commands.server.ts';

/**
 * Puts a body into the section, or finds the one that bears the name in any language already and makes it one of this
 * kind too; answers its id. Part of a larger command, whose audit names it.
 */
export async function ensureBody(
	ctx: Context,
	{ names, kind }: { names: Texts; kind: BodyKind }
): Promise<string> {
	await lockSection(ctx);
	const section_id = ctx.scope.sectionId;
	const rows = await ctx.db
		.selectFrom('body')
		.select(['id', 'name_texts'])
		.where('section_id', '=', section_id)
		.execute();
	const wanted = namesOf(names);
	const known = rows.find(({ name_texts }) =>
		namesOf(JSON.parse(name_texts) as Texts).some((name) => wanted.includes(name))
	);
	const id = known?.id ?? newId();
	if (!known)
		await ctx.db
			.insertInto('body')
			.values({ id, section_id, name_texts: textsJson(names), source_texts: null })
			.execute();
	await ctx.db
		.insertInto('body_kind')
		.values({ body_id: id, kind, section_id })
		.onConflict((conflict) => conflict.columns(['body_id', 'kind']).doNothing())
		.execute();
	return id;
}

function namesOf(texts: Texts): string[] {
	return Object.values(texts).flatMap((name) => (name ? [name.trim().toLowerCase()] : []));
}
