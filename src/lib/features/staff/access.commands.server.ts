import type { z } from 'zod';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import type { HeldRole } from '#lib/platform/access/actor.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { changeAccount, correctAccount } from '#lib/platform/login/account-rows.ts';
import { openAccountEmail, openAccountName } from '#lib/platform/login/accounts.ts';
import { removeCode } from '#lib/platform/login/codes.ts';
import { makeLink, voidLink, type LinkKind } from '#lib/platform/login/links.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { endLoginsOf, heldRoles } from '#lib/platform/login/sessions.ts';
import type { accessForm, detailsForm } from './forms.ts';
import { placeFault, setRoles, type PlaceRefusal } from './roles.commands.server.ts';
import { accountState, isSameAccess, refusalOf, rolesFrom, type AccountState } from './rules.ts';

export type AccountRefusal = {
	reason: 'account_not_found' | 'own_account' | 'last_admin' | 'is_off';
};
export type DetailsRefusal = AccountRefusal | { reason: 'address_taken' };
export type AccessRefusal = AccountRefusal | PlaceRefusal;

type Answer<Done, Refusal extends { reason: string } = AccountRefusal> = Promise<
	Outcome<Done, Refusal | KeyReused>
>;

/** Changes roles, centres, body and project of another's account and ends its logins; saying what is already so changes nothing. */
export function changeAccess(
	ctx: Context,
	input: z.output<typeof accessForm> & { accountId: string },
	once: string
): Answer<null, AccessRefusal> {
	return command(ctx, { name: 'change access', once, input }, async (work) => {
		const { ctx } = work;
		const roles = rolesFrom(input);
		const account = await judged(work, 'access', input.accountId, roles);
		const fault = await placeFault(ctx, roles);
		if (fault) work.refuse(fault);
		if (isSameAccess(account.roles, roles)) return null;
		await setRoles(ctx, { id: account.id, sectionId: ctx.scope.sectionId }, roles);
		await endLoginsOf(ctx.db, account.id, ctx.now);
		await noted(work, 'change access', account.id, ['roles', 'centres', 'body', 'project']);
		return null;
	});
}

/**
 * Corrects the name and the address an account logs in with. Whoever has the old address is let in no more: a link sent there
 * is void and another one made in its place, and another's logins end. Answers that link; null where none was open.
 */
export function correctDetails(
	ctx: Context,
	input: z.output<typeof detailsForm> & { accountId: string },
	once: string
): Answer<{ link: string; kind: LinkKind } | null, DetailsRefusal> {
	return command(ctx, { name: 'correct account', once, input }, async (work) => {
		const { ctx } = work;
		const { accountId, name, email } = input;
		const account = await judged(work, 'details', accountId);
		const before = await findDetails(ctx, accountId);
		const fields = [
			...(before.name === name ? [] : ['name_sealed']),
			...(before.email === email ? [] : ['email_sealed'])
		];
		if (fields.length === 0) return null;
		const isDone = await correctAccount(ctx.db, ctx.ring, { id: accountId, name, email });
		if (!isDone) return work.refuse({ reason: 'address_taken' });
		await noted(work, 'correct account', accountId, fields);
		if (before.email === email) return null;
		if (accountId !== ctx.actor.accountId) await endLoginsOf(ctx.db, accountId, ctx.now);
		if (!before.hasLink) return null;
		const kind = account.hasPassword ? ('reset' as const) : ('invite' as const);
		return { link: await linkTo(ctx, accountId, kind), kind };
	});
}

async function findDetails({ db, ring, now }: Context, id: string) {
	const row = await db
		.selectFrom('account')
		.leftJoin('account_link as link', 'link.account_id', 'account.id')
		.select(['account.id', 'name_sealed', 'email_sealed', 'link.expires_at', 'link.used_at'])
		.where('account.id', '=', id)
		.executeTakeFirstOrThrow();
	return {
		name: openAccountName(ring, row),
		email: openAccountEmail(ring, row),
		hasLink: row.expires_at !== null && row.expires_at > now && row.used_at === null
	};
}

/** Lets an account in no more, from now on, until it is switched on again; its link is void. */
export function switchOff(ctx: Context, accountId: string, once: string): Answer<null> {
	return command(ctx, { name: 'switch off', once, input: accountId }, async (work) => {
		const { ctx } = work;
		const account = await judged(work, 'off', accountId);
		if (account.state === 'off') return null;
		await voidLink(ctx.db, account.id);
		await changeAccount(ctx.db, account.id, { disabled_at: ctx.now });
		await endLoginsOf(ctx.db, account.id, ctx.now);
		await noted(work, 'switch off', account.id, ['disabled_at']);
		return null;
	});
}

/** Lets an account in again, with the password it had. */
export function switchOn(ctx: Context, accountId: string, once: string): Answer<null> {
	return command(ctx, { name: 'switch on', once, input: accountId }, async (work) => {
		const account = await judged(work, 'on', accountId);
		if (account.state !== 'off') return null;
		await changeAccount(work.ctx.db, account.id, { disabled_at: null });
		await noted(work, 'switch on', account.id, ['disabled_at']);
		return null;
	});
}

/** A new link in place of any earlier one: the invitation again, or to choose another password. */
export function renewLink(
	ctx: Context,
	accountId: string,
	once: string
): Answer<{ link: string; kind: LinkKind }> {
	return command(ctx, { name: 'renew link', once, input: accountId }, async (work) => {
		const { ctx } = work;
		const account = await judged(work, 'link', accountId);
		const kind = account.hasPassword ? ('reset' as const) : ('invite' as const);
		const link = await linkTo(ctx, account.id, kind);
		await noted(work, 'renew link', account.id, ['link']);
		return { link, kind };
	});
}

/**
 * For a phone that is gone: takes the code by time from another's login and its password with it, since a password
 * alone must not set up a new phone, and makes the link that chooses another.
 */
export function dropCode(
	ctx: Context,
	accountId: string,
	once: string
): Answer<{ link: string; kind: LinkKind }> {
	return command(ctx, { name: 'drop code', once, input: accountId }, async (work) => {
		const { ctx } = work;
		const account = await judged(work, 'code', accountId);
		await removeCode(ctx.db, account.id);
		await changeAccount(ctx.db, account.id, { password_hash: NO_PASSWORD });
		await endLoginsOf(ctx.db, account.id, ctx.now);
		const kind = 'reset' as const;
		const link = await linkTo(ctx, account.id, kind);
		await noted(work, 'drop code', account.id, ['code', 'password_hash', 'link']);
		return { link, kind };
	});
}

function linkTo({ db, ring, scope, actor, now }: Context, accountId: string, kind: LinkKind) {
	const { sectionId } = scope;
	return makeLink(db, ring, { accountId, sectionId, kind, madeBy: actor.accountId, now });
}

interface Judged {
	id: string;
	roles: readonly HeldRole[];
	hasPassword: boolean;
	state: AccountState;
}

/** The account as it is, once the rules allow the change; the section's accounts stand still until the transaction ends. */
async function judged(
	{ ctx, refuse }: Pick<Work<AccountRefusal>, 'ctx' | 'refuse'>,
	change: Parameters<typeof refusalOf>[0],
	accountId: string,
	newRoles?: readonly HeldRole[]
): Promise<Judged> {
	await lockSection(ctx); // two administrators who switch each other off at once come one after the other
	const account = await findJudged(ctx, accountId);
	if (!account) return refuse({ reason: 'account_not_found' });
	const reason = refusalOf(
		change,
		{ ...account, isAdmin: isAdmin(account.roles), staysAdmin: isAdmin(newRoles ?? []) },
		{ actorId: ctx.actor.accountId, otherAdmins: await countOtherAdmins(ctx, accountId) }
	);
	return reason ? refuse({ reason }) : account;
}

function isAdmin(roles: readonly HeldRole[]): boolean {
	return roles.some(({ role }) => role === 'admin');
}

async function findJudged({ db, scope, now }: Context, id: string): Promise<Judged | undefined> {
	const row = await db
		.selectFrom('account')
		.select(['id', 'disabled_at', 'password_hash'])
		.where('section_id', '=', scope.sectionId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;
	const hasPassword = row.password_hash !== NO_PASSWORD;
	const state = accountState({ disabledAt: row.disabled_at, hasPassword, linkUntil: null }, now);
	const roles = (await heldRoles(db, [id])).get(id) ?? [];
	return { id, roles, hasPassword, state };
}

/** Administrators who can log in, without one. */
async function countOtherAdmins({ db, scope }: Context, accountId: string): Promise<number> {
	const { others } = await db
		.selectFrom('account')
		.select((eb) => eb.fn.countAll<number>().as('others'))
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', (eb) =>
			eb.selectFrom('account_role').select('account_id').where('role', '=', 'admin')
		)
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD)
		.where('id', '<>', accountId)
		.executeTakeFirstOrThrow();
	return Number(others);
}

function noted(
	{ audit }: Pick<Work<AccountRefusal>, 'audit'>,
	action: string,
	objectId: string,
	fields: readonly string[]
): Promise<void> {
	return audit({ action, objectType: 'account', objectId, fields });
}
