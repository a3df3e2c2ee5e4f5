import { TOLERANCE_MS } from '#lib/platform/clock/watch.ts';
import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import type { Config } from '#lib/platform/config/config.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { AlertChannel } from '#lib/platform/db/vocabularies.ts';
import { isLocale, type Locale } from '#lib/platform/i18n/locale.ts';
import { log } from '#lib/platform/log/log.ts';
import { openAccountEmail } from '#lib/platform/login/accounts.ts';
import { sendLetter } from '#lib/platform/mail/mail.ts';
import { NotTaken, postWebhook } from '#lib/platform/webhook/webhook.ts';
import { MOST_ATTEMPTS, pauseAfter } from './clock.rules.ts';
import { addressPlace } from './responders.queries.server.ts';
import { alertWords, type AlertKind } from './words.ts';

const MOST_AT_ONCE = 50;

export interface Sending {
	db: Db;
	ring: KeyRing;
	clock: () => number;
	config: Pick<Config, 'mail' | 'webhook' | 'origin'>;
}

/** The ways alerts go out, as the operator set them up. */
export function channelsOf({ mail, webhook }: Sending['config']): ('mail' | 'webhook')[] {
	return [...(mail ? (['mail'] as const) : []), ...(webhook ? (['webhook'] as const) : [])];
}

/** Alerts of these channels that may be tried now. */
export function dueAlerts(db: Db, channels: readonly AlertChannel[], now: number) {
	return db
		.selectFrom('alert')
		.select('alert.id')
		.where('alert.sent_at', 'is', null)
		.where('alert.attempt_count', '<', MOST_ATTEMPTS)
		.where('alert.channel', 'in', channels)
		.where((eb) =>
			eb.or([
				eb('alert.next_try_at', '<=', now),
				eb('alert.next_try_at', '>', now + pauseAfter(MOST_ATTEMPTS) + TOLERANCE_MS)
			])
		);
}

/**
 * Sends what stands in the outbox, each channel at its own pace; ends when nothing may be tried now, or soon after
 * `stop`. What fails is tried again later, and said without where to or about what.
 */
export async function sendAlerts(sending: Sending, stop: AbortSignal): Promise<void> {
	await Promise.all(channelsOf(sending.config).map((channel) => sendAll(sending, channel, stop)));
}

async function sendAll(
	sending: Sending,
	channel: 'mail' | 'webhook',
	stop: AbortSignal
): Promise<void> {
	while (!stop.aborted) {
		const alerts = await listLetters(sending, channel);
		if (alerts.length === 0) return;
		for (const alert of alerts) {
			if (stop.aborted) return;
			await sendOne(sending, alert, channel);
		}
	}
}

/**
 * Claimed first, in a statement of its own: whoever is killed while sending leaves it to be tried again after its pause,
 * under the same id. A count that moved meanwhile means that another process has it.
 */
async function sendOne(
	{ db, clock, config }: Sending,
	alert: OutgoingAlert,
	channel: 'mail' | 'webhook'
): Promise<void> {
	const begun = clock();
	const attempt = alert.attempts + 1;
	const { numUpdatedRows } = await db
		.updateTable('alert')
		.set({ claimed_at: begun, failure: null, attempt_count: attempt })
		.set({ next_try_at: begun + pauseAfter(attempt) })
		.where('id', '=', alert.id)
		.where('sent_at', 'is', null)
		.where('attempt_count', '=', alert.attempts)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return;
	const failure = await deliver(config, alert, channel);
	const at = toFiveMinutes(clock());
	await db
		.updateTable('alert')
		.set(failure === null ? { sent_at: at, next_try_at: at, claimed_at: null } : { failure })
		.where('id', '=', alert.id)
		.execute();
}

/** null once it is taken, else why not. */
async function deliver(
	{ mail, webhook, origin }: Sending['config'],
	{ id, to, locale, kind }: OutgoingAlert,
	channel: 'mail' | 'webhook'
): Promise<string | null> {
	if (to === null) return 'unreadable';
	const link = linkTo(origin, kind, id);
	const { subject, text } = alertWords(kind, link, locale);
	if (channel === 'mail') {
		const messageId = `<${id}@${new URL(origin).hostname}>`;
		const isSent = await sendLetter(mail!, { to, locale, subject, text, link, messageId });
		return isSent ? null : 'mail';
	}
	try {
		await postWebhook(webhook!, { key: id, body: { id, to, kind, language: locale, text, link } });
		return null;
	} catch (error) {
		if (!(error instanceof NotTaken)) throw error;
		log.error({ failure: error.message }, 'the alert gateway did not take an alert');
		return error.message;
	}
}

/** Where an alert leads: to the day, to the page that confirms a test, or for who has no account to the door alone. */
export function linkTo(origin: string, kind: AlertKind, id: string): string {
	const page = kind === 'test' ? `/settings/alerts/${id}` : kind === 'waits' ? '/today' : '/';
	return new URL(page, origin).href;
}

interface OutgoingAlert {
	id: string;
	attempts: number;
	/** null: it cannot be read. */
	to: string | null;
	locale: Locale;
	kind: AlertKind;
}

async function listLetters(
	{ db, ring, clock }: Sending,
	channel: AlertChannel
): Promise<OutgoingAlert[]> {
	const rows = await dueAlerts(db, [channel], clock())
		.leftJoin('account', 'account.id', 'alert.account_id')
		.leftJoin('responder', 'responder.id', 'alert.responder_id')
		.select(['alert.attempt_count', 'alert.subject'])
		.select([
			'account.id as account_id',
			'account.email_sealed',
			'account.locale as account_locale'
		])
		.select(['responder.id as responder_id', 'responder.address_sealed'])
		.select('responder.locale as responder_locale')
		.orderBy('alert.due_at')
		.orderBy('alert.id')
		.limit(MOST_AT_ONCE)
		.execute();
	return rows.map((row) => {
		const locale = row.account_locale ?? row.responder_locale;
		return {
			...{ id: row.id, attempts: row.attempt_count },
			to: addressOf(ring, row),
			locale: isLocale(locale) ? locale : 'en',
			kind: kindOf(row.subject === 'test', row.account_id === null)
		};
	});
}

function kindOf(isTest: boolean, isOutside: boolean): AlertKind {
	if (isOutside) return isTest ? 'outside_test' : 'outside';
	return isTest ? 'test' : 'waits';
}

/** null where it cannot be opened: one address that is damaged keeps no other alert. */
function addressOf(
	ring: KeyRing,
	row: {
		id: string;
		account_id: string | null;
		email_sealed: Sealed | null;
		responder_id: string | null;
		address_sealed: Sealed | null;
	}
): string | null {
	try {
		return row.account_id !== null && row.email_sealed !== null
			? openAccountEmail(ring, { id: row.account_id, email_sealed: row.email_sealed })
			: open(ring, addressPlace(row.responder_id!), row.address_sealed!);
	} catch (err) {
		log.error({ err, alert: row.id }, 'the address of an alert could not be read');
		return null;
	}
}
