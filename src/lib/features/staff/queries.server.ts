import { byName, collatorIn } from '#lib/platform/i18n/collation.ts';
import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountEmail, openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { heldRoles } from '#lib/platform/login/sessions.ts';
import { accountState } from './rules.ts';
import type { Colleague, Facilitator, StaffAccount } from './types.ts';

/** Facilitators and coordinators who work at a centre, by name; none of one out of reach. */
export async function listFacilitators(
	ctx: Context,
	centreId: string,
	locale: Locale
): Promise<Facilitator[]> {
	if (!reachesCentre(ctx.scope, centreId)) return [];
	const rows = await ctx.db
		.selectFrom('account')
		.select(['account.id', 'account.name_sealed'])
		.where('account.section_id', '=', ctx.scope.sectionId)
		.where('account.id', 'in', workingAt([centreId]))
		.where('account.disabled_at', 'is', null)
		.execute();
	return rows
		.map((row) => ({ id: row.id, name: openAccountName(ctx.ring, row) }))
		.sort(byName(locale));
}

/** Who run sessions at some of these centres, or wherever there are any; null for all centres. */
function workingAt(centreIds: readonly string[] | null) {
	return expressionBuilder<Tables, never>()
		.selectFrom('account_role as held')
		.select('held.account_id')
		.where('held.role', 'in', ['facilitator', 'coordinator'])
		.$if(centreIds !== null, (query) =>
			query.where((eb) =>
				eb.or([eb('held.centre_id', 'is', null), eb('held.centre_id', 'in', centreIds!)])
			)
		);
}

/** Who can log in and works at a centre within the actor's reach besides the actor, by name. */
export async function listColleagues(ctx: Context, locale: Locale): Promise<Colleague[]> {
	const rows = await ctx.db
		.selectFrom('account')
		.select(['id', 'name_sealed', 'locale'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', '<>', ctx.scope.accountId)
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD)
		.where('id', 'in', workingAt(ctx.scope.centreIds))
		.execute();
	const roles = await heldRoles(
		ctx.db,
		rows.map(({ id }) => id)
	);
	return rows
		.map((row) => ({
			id: row.id,
			name: openAccountName(ctx.ring, row),
			roles: roles.get(row.id) ?? [],
			locale: row.locale
		}))
		.sort(byName(locale));
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
		.select(['account.id', 'name_sealed', 'email_sealed', 'locale'])
		.select(['disabled_at', 'password_hash', 'link.expires_at', 'code.last_step'])
		.where('account.section_id', '=', ctx.scope.sectionId);
	if (id !== undefined) accounts = accounts.where('account.id', '=', id);
	const rows = await accounts.execute();
	const roles = await heldRoles(
		ctx.db,
		rows.map((row) => row.id)
	);
	return rows
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
				roles: roles.get(row.id) ?? [],
				state,
				hasCode: row.last_step !== null,
				invitedUntil: state === 'invited' ? row.expires_at : null
			};
		})
		.sort(byName(locale));
}

/**
 * Names of whom the children of a session may turn to, in the order of the alphabet: who ran it reads nothing that
 * comes from it.
 */
export async function listFocalPoints(
	db: Db,
	ring: KeyRing,
	{ sectionId, sessionId }: { sectionId: string; sessionId: string },
	locale: Locale
): Promise<string[]> {
	const rows = await db
		.selectFrom('account')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', sectionId)
		.where('id', 'in', focalPoints())
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD) // who never came would not come to a child either
		.where((eb) => eb.not(ran(eb.val(sessionId), eb.ref('account.id'))))
		.execute();
	return rows.map((row) => openAccountName(ring, row)).sort(collatorIn(locale).compare);
}

/** Who may be turned to in the section, by name: the focal points who can log in. */
export async function listFocalPointNames(ctx: Context, locale: Locale): Promise<string[]> {
	const rows = await ctx.db
		.selectFrom('account')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', focalPoints())
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD)
		.execute();
	return rows.map((row) => openAccountName(ctx.ring, row)).sort(collatorIn(locale).compare);
}

function focalPoints() {
	return expressionBuilder<Tables, never>()
		.selectFrom('account_role as focal')
		.select('focal.account_id')
		.where('focal.role', '=', 'focal_point');
}

/**
 * Whether an account ran a session: planned, stood in or was stood in for as its facilitator, opened its code, ever wrote its register,
 * or leads its cohort or did on its date, the day it was handed on included. Both are ids, or columns of the query
 * around.
 */
export function ran(
	session: Expression<string | null>,
	account: Expression<string>
): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, never>();
	return eb.exists(
		eb
			.selectFrom('session as ran')
			.select('ran.id')
			.where('ran.id', '=', session)
			.where((one) => {
				const facilitated = one
					.selectFrom('session_facilitator as with')
					.select('with.session_id')
					.whereRef('with.session_id', '=', 'ran.id')
					.where('with.account_id', '=', account);
				const opened = one
					.selectFrom('feedback_code as code')
					.select('code.session_id')
					.whereRef('code.session_id', '=', 'ran.id')
					.where('code.opened_by', '=', account)
					// Who types paper forms in afterwards was not there.
					.where('code.is_paper', '=', 0);
				const wrote = one
					.selectFrom('audit')
					.select('audit.seq')
					.where('audit.object_type', '=', 'session')
					.whereRef('audit.object_id', '=', 'ran.id')
					.where('audit.actor_id', '=', account);
				const stoodIn = one
					.selectFrom('substitute')
					.select('substitute.id')
					.whereRef('substitute.session_id', '=', 'ran.id')
					.where((sub) =>
						sub.or([
							// Of the day itself a substitute can be named after the children asked.
							sub('substitute.for_account_id', '=', account),
							sub.and([
								sub('substitute.account_id', '=', account),
								sub.or([
									sub('substitute.ended_at', 'is', null),
									sub('substitute.ended_at', '>', sub.ref('substitute.opens_at'))
								])
							])
						])
					);
				const leads = one
					.selectFrom('cohort_facilitator as leading')
					.select('leading.cohort_id')
					.whereRef('leading.cohort_id', '=', 'ran.cohort_id')
					.where('leading.account_id', '=', account)
					.where((lead) =>
						lead.or([
							lead('leading.until_on', 'is', null),
							lead('leading.until_on', '>=', lead.ref('ran.on_date'))
						])
					);
				return one.or([
					one('ran.recorded_by', '=', account),
					one.exists(facilitated),
					one.exists(opened),
					one.exists(wrote),
					one.exists(stoodIn),
					one.exists(leads)
				]);
			})
	);
}
