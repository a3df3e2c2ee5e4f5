import { createHash, randomBytes } from 'node:crypto';
import { Lucia, type Adapter, type DatabaseSession } from 'lucia';
import type { HeldRole, SecondStep, StaffActor } from '../access/actor.ts';
import { needsSecondStep, ROLES } from '../access/roles.ts';
import { TOLERANCE_MS } from '../clock/watch.ts';
import { blindIndex, type KeyRing } from '../crypto/keyring.ts';
import { fromReserve, unlessFull } from '../db/full.ts';
import type { Db } from '../db/open.ts';
import type { Row } from '../db/schema.ts';
import { openAccountName } from './accounts.ts';

/** A login ends after half an hour without a request, and after twelve hours whatever happens. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 60 * 60_000;
/** How long an ended login is remembered, to give a half-typed form back to the one who typed it. */
const REMEMBERED_MS = 24 * 60 * 60_000;
/** The idle clock is written down at most this often: a request is usually a read. */
const SEEN_EVERY_MS = 60_000;

/** The login's cookie. Over https the prefix makes browsers refuse one set by a neighbouring host. */
export function cookieName(origin: string): string {
	return origin.startsWith('https:') ? '__Host-halqa-login' : 'halqa-login';
}

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionTimes, Record<never, never>>;
		DatabaseSessionAttributes: SessionTimes;
		DatabaseUserAttributes: Record<never, never>;
	}
}
interface SessionTimes {
	createdAt: number;
	lastSeenAt: number;
}

/** What a cookie proves: a live login, one that ended (whose account is still known), or nothing. */
export type Proof =
	{ state: 'live'; accountId: string } | { state: 'ended'; accountId: string } | { state: 'none' };

/** Starts a login with a fresh 256-bit token and ends the one the browser came with. Answers the token. */
export async function startLogin(
	db: Db,
	accountId: string,
	now: number,
	replaces?: string
): Promise<string> {
	const lucia = luciaOn(db, now);
	const token = randomBytes(32).toString('base64url');
	await fromReserve(db, async () => {
		if (replaces) await lucia.invalidateSession(replaces);
		await lucia.createSession(accountId, { createdAt: now, lastSeenAt: now }, { sessionId: token });
	});
	return token;
}

/** Checks a cookie's token against both limits and keeps the idle clock. */
export async function proveLogin(db: Db, token: string | undefined, now: number): Promise<Proof> {
	if (!token || token.length > 100) return { state: 'none' };
	const row = await db
		.selectFrom('login_session')
		.selectAll()
		.where('id_hash', '=', hashOf(token))
		.executeTakeFirst();
	if (!row) return { state: 'none' };
	if (isOver(row, now))
		return now - row.last_seen_at < REMEMBERED_MS
			? { state: 'ended', accountId: row.account_id }
			: { state: 'none' };
	if (now - row.last_seen_at >= SEEN_EVERY_MS)
		await unlessFull(() => fromReserve(db, () => noteSeen(db, row.id_hash, now)), undefined);
	return { state: 'live', accountId: row.account_id };
}

async function noteSeen(db: Db, idHash: string, now: number): Promise<void> {
	await db
		.updateTable('login_session')
		.set({ last_seen_at: now })
		.where('id_hash', '=', idHash)
		.execute();
}

/** Idle or old; or last used later than it is now, by a clock that was set back since. */
function isOver({ last_seen_at, expires_at }: Row<'login_session'>, now: number): boolean {
	return now - last_seen_at >= IDLE_MS || now >= expires_at || last_seen_at - now > TOLERANCE_MS;
}

/** Ends one login on the server; the cookie is dead at the next request. */
export async function endLogin(db: Db, token: string, now: number): Promise<void> {
	await luciaOn(db, now).invalidateSession(token);
}

/** Ends every login of an account. */
export async function endLoginsOf(db: Db, accountId: string, now: number): Promise<void> {
	await luciaOn(db, now).invalidateUserSessions(accountId);
}

/** Forgets logins that ended more than a day ago, and what was kept for them; what lies as far ahead is of a wrong clock. */
export async function forgetOldLogins(db: Db, now: number): Promise<void> {
	const [from, until] = [now - REMEMBERED_MS, now + REMEMBERED_MS];
	await db
		.deleteFrom('login_session')
		.where((eb) => eb.or([eb('last_seen_at', '<', from), eb('last_seen_at', '>', until)]))
		.execute();
	await db
		.deleteFrom('kept_form')
		.where((eb) => eb.or([eb('kept_at', '<', from), eb('kept_at', '>', until)]))
		.execute();
	await db
		.deleteFrom('login_attempt')
		.where((eb) => eb.or([eb('window_starts_at', '<', from), eb('window_starts_at', '>', until)]))
		.execute();
}

/** The actor of an account, or undefined when it is disabled or gone. */
export async function findActor(
	db: Db,
	ring: KeyRing,
	accountId: string
): Promise<StaffActor | undefined> {
	const account = await db
		.selectFrom('account')
		.leftJoin('section', 'section.id', 'account.section_id')
		.leftJoin('account_code as code', 'code.account_id', 'account.id')
		.select(['account.id', 'section_id', 'name_sealed', 'account.locale', 'theme'])
		.select('code.made_at as code_since')
		.select(({ fn }) => fn.coalesce('section.is_example', 'account.is_example').as('is_example'))
		.where('account.id', '=', accountId)
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	if (!account) return undefined;
	const roles = (await heldRoles(db, [accountId])).get(accountId) ?? [];
	return {
		kind: 'staff',
		accountId,
		roles,
		sectionId: account.section_id,
		isExample: account.is_example === 1,
		name: openAccountName(ring, account),
		locale: account.locale,
		theme: account.theme,
		secondStep: secondStepOf(account, roles)
	};
}

/** The roles these accounts hold, each in the order of `ROLES`; an account without any is not among them. */
export async function heldRoles(
	db: Db,
	accountIds: readonly string[]
): Promise<ReadonlyMap<string, HeldRole[]>> {
	if (accountIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('account_role')
		.select(['account_id', 'role', 'centre_id', 'body_id', 'project_id'])
		.where('account_id', 'in', accountIds)
		.orderBy('centre_id')
		.execute();
	return new Map([...Map.groupBy(rows, (row) => row.account_id)].map(([id, of]) => [id, held(of)]));
}

function held(rows: readonly Omit<Row<'account_role'>, 'account_id' | 'section_id'>[]): HeldRole[] {
	return ROLES.flatMap((role) => {
		const of = rows.filter((row) => row.role === role);
		if (of.length === 0) return [];
		const centreIds = of.flatMap(({ centre_id }) => centre_id ?? []);
		const isWhole = centreIds.length < of.length;
		const { body_id: bodyId, project_id: projectId } = of[0]!;
		return {
			...{ role, centreIds: isWhole ? null : centreIds, bodyId },
			...(projectId !== null && { projectId })
		};
	});
}

/** The example's accounts have one click for a login and a published password: a code would guard nothing there. */
function secondStepOf(
	account: { is_example: number; code_since: number | null },
	roles: readonly HeldRole[]
): SecondStep {
	if (account.is_example || !needsSecondStep({ roles })) return 'free';
	return account.code_since === null ? 'owed' : 'kept';
}

/** The account of an e-mail address, disabled ones included. */
export function findAccountByEmail(
	db: Db,
	ring: KeyRing,
	email: string
): Promise<Row<'account'> | undefined> {
	return db
		.selectFrom('account')
		.selectAll()
		.where('email_index', '=', emailIndex(ring, email))
		.executeTakeFirst();
}

export function emailIndex(ring: KeyRing, email: string): string {
	return blindIndex(ring, 'account.email', email.trim().toLowerCase());
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

/**
 * Lucia over Kysely on either database. Only the SHA-256 of a token is stored. Lucia's own renewal in
 * the second half of a session's life is left out: the limits above decide.
 */
function luciaOn(db: Db, now: number): Lucia<SessionTimes, Record<never, never>> {
	return new Lucia(adapterOn(db, now), { getSessionAttributes: (times) => times });
}

function adapterOn(db: Db, now: number): Adapter {
	return {
		async getSessionAndUser(token) {
			const row = await db
				.selectFrom('login_session')
				.selectAll()
				.where('id_hash', '=', hashOf(token))
				.executeTakeFirst();
			return row ? [asSession(row), { id: row.account_id, attributes: {} }] : [null, null];
		},
		async getUserSessions(accountId) {
			const rows = await db
				.selectFrom('login_session')
				.selectAll()
				.where('account_id', '=', accountId)
				.execute();
			return rows.map(asSession);
		},
		async setSession({ id, userId, attributes }) {
			await db
				.insertInto('login_session')
				.values({
					id_hash: hashOf(id),
					account_id: userId,
					created_at: attributes.createdAt,
					last_seen_at: attributes.lastSeenAt,
					expires_at: attributes.createdAt + ABSOLUTE_MS
				})
				.execute();
		},
		async updateSessionExpiration() {},
		async deleteSession(token) {
			await db.deleteFrom('login_session').where('id_hash', '=', hashOf(token)).execute();
		},
		async deleteUserSessions(accountId) {
			await db.deleteFrom('login_session').where('account_id', '=', accountId).execute();
		},
		async deleteExpiredSessions() {
			await db.deleteFrom('login_session').where('expires_at', '<=', now).execute();
		}
	};
}

function asSession(row: Row<'login_session'>): DatabaseSession {
	return {
		id: row.id_hash,
		userId: row.account_id,
		expiresAt: new Date(row.expires_at),
		attributes: { createdAt: row.created_at, lastSeenAt: row.last_seen_at }
	};
}
