import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountEmail, openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { accountState } from './rules.ts';
import type { Colleague, Facilitator, StaffAccount } from './types.ts';

/** Facilitators and coordinators who work at a centre within reach, by name. */
export async function listFacilitators(
	ctx: Context,
	centreId: string,
	locale: Locale
): Promise<Facilitator[]> {
	const rows = await ctx.db
		.selectFrom('account')
		.innerJoin('account_centre', 'account_centre.account_id', 'account.id')
		.select(['account.id', 'account.name_sealed'])
		.where('account.section_id', '=', ctx.scope.sectionId)
		.where('account_centre.centre_id', '=', centreId)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('account_centre.centre_id', 'in', ctx.scope.centreIds!)
		)
		.where('account.role', 'in', ['facilitator', 'coordinator'])
		.where('account.disabled_at', 'is', null)
		.execute();
	const byName = new Intl.Collator(locale);
	return rows
		.map((row) => ({ id: row.id, name: openAccountName(ctx.ring, row) }))
		.sort((a, b) => byName.compare(a.name, b.name));
}

/** Who can log in and works at one of the actor's own centres besides the actor, by name. */
export async function listColleagues(ctx: Context, locale: Locale): Promise<Colleague[]> {
	const rows = await ctx.db
		.selectFrom('account')
		.select(['id', 'name_sealed', 'role', 'locale'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', '<>', ctx.scope.accountId)
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD)
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('account_centre')
				.select('account_id')
				.where('centre_id', 'in', ctx.actor.centreIds)
		)
		.execute();
	const byName = new Intl.Collator(locale);
	return rows
		.map((row) => ({
			id: row.id,
			name: openAccountName(ctx.ring, row),
			role: row.role,
			locale: row.locale
		}))
		.sort((a, b) => byName.compare(a.name, b.name));
}

/** Every account of the section, switched off or not, by name; with an id that one alone, if it is there. */
export async function listAccounts(
	ctx: Context,
	locale: Locale,
	id?: string
): Promise<StaffAccount[]> {
	let accounts = ctx.db
		.selectFrom('account')
		.leftJoin('account_link as link', 'link.account_id', 'account.id')
		.leftJoin('account_code as code', 'code.account_id', 'account.id')
		.select(['account.id', 'name_sealed', 'email_sealed', 'locale', 'role'])
		.select(['disabled_at', 'password_hash', 'link.expires_at', 'code.last_step'])
		.where('account.section_id', '=', ctx.scope.sectionId);
	let places = ctx.db
		.selectFrom('account_centre')
		.select(['account_id', 'centre_id'])
		.where('section_id', '=', ctx.scope.sectionId);
	if (id !== undefined) {
		accounts = accounts.where('account.id', '=', id);
		places = places.where('account_id', '=', id);
	}
	const centresOf = Map.groupBy(await places.execute(), ({ account_id }) => account_id);
	const byName = new Intl.Collator(locale);
	return (await accounts.execute())
		.map((row): StaffAccount => {
			const standing = {
				disabledAt: row.disabled_at,
				hasPassword: row.password_hash !== NO_PASSWORD,
				linkUntil: row.expires_at
			};
			const state = accountState(standing, ctx.now);
			return {
				id: row.id,
				name: openAccountName(ctx.ring, row),
				email: openAccountEmail(ctx.ring, row),
				locale: row.locale,
				role: row.role,
				centreIds: (centresOf.get(row.id) ?? []).map(({ centre_id }) => centre_id),
				state,
				hasCode: row.last_step !== null,
				invitedUntil: state === 'invited' ? row.expires_at : null
			};
		})
		.sort((a, b) => byName.compare(a.name, b.name));
}

/** Names of whom children of a section may turn to, in the order of the alphabet. */
export async function listFocalPoints(
	db: Db,
	ring: KeyRing,
	sectionId: string,
	locale: Locale
): Promise<string[]> {
	const rows = await db
		.selectFrom('account')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', sectionId)
		.where('role', '=', 'focal_point')
		.where('disabled_at', 'is', null)
		.execute();
	return rows.map((row) => openAccountName(ring, row)).sort(new Intl.Collator(locale).compare);
}
