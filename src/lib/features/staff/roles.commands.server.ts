import type { HeldRole } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { replaceRoles } from '#lib/platform/login/account-rows.ts';

/** The rows that say which roles an account of a section holds: one for the whole section, or one per centre. */
export function roleRows(
	accountId: string,
	sectionId: string | null,
	roles: readonly HeldRole[]
): NewRow<'account_role'>[] {
	return roles.flatMap(({ role, centreIds, bodyId }) =>
		(centreIds ?? [null]).map((centre_id) => ({
			...{ account_id: accountId, section_id: sectionId, role, centre_id, body_id: bodyId }
		}))
	);
}

/** Lets an account hold these roles and no others. */
export async function setRoles(
	{ db }: { db: Db },
	account: { id: string; sectionId: string },
	roles: readonly HeldRole[]
): Promise<void> {
	await replaceRoles(db, account.id, roleRows(account.id, account.sectionId, roles));
}

/** What is wrong with the places of roles: a centre or a body that is not the section's; null when nothing is. */
export async function placeFault(
	ctx: Context,
	roles: readonly HeldRole[]
): Promise<'centre_not_found' | 'body_not_found' | null> {
	const centreIds = new Set(roles.flatMap(({ centreIds }) => centreIds ?? []));
	if (!(await areOfSection(ctx, 'centre', centreIds))) return 'centre_not_found';
	const bodyIds = new Set(roles.flatMap(({ bodyId }) => bodyId ?? []));
	return (await areOfSection(ctx, 'body', bodyIds)) ? null : 'body_not_found';
}

async function areOfSection(
	{ db, scope }: Context,
	table: 'centre' | 'body',
	ids: ReadonlySet<string>
): Promise<boolean> {
	if (ids.size === 0) return true;
	const rows = await db
		.selectFrom(table)
		.select('id')
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', [...ids])
		.execute();
	return rows.length === ids.size;
}

/** The bodies of the section a partner may belong to, by name. */
export async function listBodies(
	{ db, scope }: Context,
	locale: Locale
): Promise<{ id: string; name: string }[]> {
	const rows = await db
		.selectFrom('body')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	const byName = new Intl.Collator(locale);
	return rows
		.map(({ id, name_texts }) => ({ id, name: textIn(name_texts, locale) }))
		.sort((a, b) => byName.compare(a.name, b.name));
}
