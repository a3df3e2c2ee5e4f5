import { dateIn } from '#lib/platform/clock/zone.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import type { Answering } from './answering.commands.server.ts';
import { listReadersOf } from './readers.queries.server.ts';
import type { OpenSession } from './types.ts';
import { readByDate } from './working-days.queries.server.ts';

/** Who ran a session, by name. */
export async function listAdults(
	{ db, ring }: Answering,
	open: OpenSession,
	locale: Locale
): Promise<string[]> {
	const adults = await db
		.selectFrom('session_facilitator as with')
		.innerJoin('account', 'account.id', 'with.account_id')
		.select(['account.id', 'account.name_sealed'])
		.where('with.session_id', '=', open.sessionId)
		.execute();
	return adults.map((adult) => openAccountName(ring, adult)).sort(collatorIn(locale).compare);
}

/** Who reads what is written in a session before anybody else, by name, and the civil date by which they have. */
export async function whoReads(
	{ db, ring, now }: Answering,
	open: OpenSession,
	locale: Locale
): Promise<{ names: string[]; by: string; today: string }> {
	return {
		names: await listReadersOf({ db, ring }, open, locale),
		by: await readByDate(db, open, now),
		today: dateIn(open.zone, now)
	};
}
