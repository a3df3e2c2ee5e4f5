import { expressionBuilder, type Expression } from 'kysely';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { ran } from '#lib/features/staff/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { byName, collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';

/** Whose words they are: of a session, which may be held at no centre. */
export interface WordsOf {
	sectionId: string;
	sessionId: string;
	centreId: string | null;
}

/**
 * Accounts that may read the words of a session: focal points named for its centre, or for all, who can log in and did
 * not run it. All three are ids, or columns of the query around.
 */
export function readersFor(of: {
	section: Expression<string>;
	session: Expression<string>;
	centre: Expression<string | null>;
}) {
	return expressionBuilder<Tables, never>()
		.selectFrom('word_reader as named')
		.innerJoin('account as reader', 'reader.id', 'named.account_id')
		.select('reader.id')
		.where('named.section_id', '=', of.section)
		.where('reader.disabled_at', 'is', null)
		.where('reader.password_hash', '<>', NO_PASSWORD)
		.where('reader.id', 'in', (eb) =>
			eb.selectFrom('account_role').select('account_id').where('role', '=', 'focal_point')
		)
		.where((eb) =>
			eb.or([eb('named.centre_id', 'is', null), eb('named.centre_id', '=', of.centre)])
		)
		.where((eb) => eb.not(ran(of.session, eb.ref('reader.id'))));
}

/** Who may read the words of a session, by name; none where nobody may. */
export async function listReadersOf(
	{ db, ring }: { db: Db; ring: KeyRing },
	{ sectionId, sessionId, centreId }: WordsOf,
	locale: Locale
): Promise<string[]> {
	const rows = await db
		.selectFrom('account')
		.select(['account.id', 'account.name_sealed'])
		.where('account.id', 'in', (eb) =>
			readersFor({
				section: eb.val(sectionId),
				session: eb.val(sessionId),
				centre: eb.val(centreId)
			})
		)
		.execute();
	return rows.map((row) => openAccountName(ring, row)).sort(collatorIn(locale).compare);
}

/** Of these sessions those whose words somebody may read; `without` one who is about to run it. */
export async function sessionsWithReader(
	db: Db,
	sessionIds: readonly string[],
	without: string | null = null
): Promise<ReadonlySet<string>> {
	if (sessionIds.length === 0) return new Set();
	const rows = await db
		.selectFrom('session')
		.select('session.id')
		.where('session.id', 'in', sessionIds)
		.where((eb) =>
			eb.exists(
				readersFor({
					section: eb.ref('session.section_id'),
					session: eb.ref('session.id'),
					centre: eb.ref('session.centre_id')
				}).$if(without !== null, (query) => query.where('reader.id', '<>', without!))
			)
		)
		.execute();
	return new Set(rows.map(({ id }) => id));
}

/** A focal point named to read, as the page shows them. */
export interface NamedReader {
	id: string;
	name: string;
	/** null: for every centre. */
	centre: string | null;
	/** False: not a focal point any more, or switched off. */
	canRead: boolean;
}

/** Everybody who is named in the section, by name. */
export async function listNamedReaders(ctx: Context, locale: Locale): Promise<NamedReader[]> {
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	const rows = await ctx.db
		.selectFrom('word_reader as named')
		.innerJoin('account', 'account.id', 'named.account_id')
		.select(['named.id', 'named.centre_id', 'named.account_id', 'account.name_sealed'])
		.where('named.section_id', '=', ctx.scope.sectionId)
		.execute();
	const focalPoints = new Set((await listFocal(ctx)).map(({ id }) => id));
	return rows
		.map((row) => ({
			id: row.id,
			name: openAccountName(ctx.ring, { id: row.account_id, name_sealed: row.name_sealed }),
			centre: row.centre_id === null ? null : (centres.get(row.centre_id) ?? ''),
			canRead: focalPoints.has(row.account_id)
		}))
		.sort(byName(locale));
}

/** Who can be named: focal points who can log in, by name. */
export async function listNameable(
	ctx: Context,
	locale: Locale
): Promise<{ id: string; name: string }[]> {
	return (await listFocal(ctx))
		.map((row) => ({ id: row.id, name: openAccountName(ctx.ring, row) }))
		.sort(byName(locale));
}

function listFocal({ db, scope }: Context) {
	return db
		.selectFrom('account')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', scope.sectionId)
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD)
		.where('id', 'in', (eb) =>
			eb.selectFrom('account_role').select('account_id').where('role', '=', 'focal_point')
		)
		.execute();
}
