import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';

/** A child is told no more names than they can keep in mind. */
const MOST_NAMES = 4;

/** Names of adults a child of a session finds at its place: who coordinates the centre, and who runs the session. */
export async function listAdultsHere(
	db: Db,
	ring: KeyRing,
	{ sessionId }: { sessionId: string },
	locale: Locale
): Promise<string[]> {
	const rows = await db
		.selectFrom('account')
		.select(['id', 'name_sealed'])
		.where('disabled_at', 'is', null)
		.where((eb) =>
			eb.or([
				eb(
					'id',
					'in',
					eb
						.selectFrom('account_role')
						.innerJoin('session', 'session.centre_id', 'account_role.centre_id')
						.select('account_role.account_id')
						.where('session.id', '=', sessionId)
						.where('account_role.role', '=', 'coordinator')
				),
				eb(
					'id',
					'in',
					eb
						.selectFrom('session_facilitator')
						.select('session_facilitator.account_id')
						.where('session_id', '=', sessionId)
				)
			])
		)
		.execute();
	return rows
		.map((row) => ({ name: openAccountName(ring, row) }))
		.sort(byName(locale))
		.slice(0, MOST_NAMES)
		.map(({ name }) => name);
}
