import { randomUUID } from 'node:crypto';
import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { AlertChannel } from '#lib/platform/db/vocabularies.ts';
import { TEST_PAUSE_MS } from './clock.rules.ts';
import { recipientsOf } from './ladder.rules.ts';
import { listNamed, listStaff } from './recipients.queries.server.ts';
import { findTest } from './responders.queries.server.ts';
import { alertRow, channelsFor } from './ringing.commands.server.ts';

export type TestRefusal = { reason: 'no_way' | 'too_soon' };
export type ConfirmRefusal = { reason: 'not_found' };

/** Everybody who could ever be told, whatever it is about. */
const ANYTHING = {
	sessionId: null,
	centreId: null,
	isAboutStaff: false,
	raisedBy: null,
	onlyFor: null
};

/**
 * Sends a test alert to every focal point and everybody named, by every channel; one in ten minutes. In the example
 * nothing is sent: it is shown to each of them on the page.
 */
export function sendTest(
	ctx: Context,
	{ once, channels }: { once: string; channels: readonly AlertChannel[] }
): Promise<Outcome<{ count: number }, TestRefusal | KeyReused>> {
	return command(ctx, { name: 'send test', once, input: null }, async ({ ctx, refuse, audit }) => {
		const { sectionId } = ctx.scope;
		const { is_example } = await ctx.db
			.selectFrom('section')
			.select('is_example')
			.where('id', '=', sectionId)
			.executeTakeFirstOrThrow();
		const ways = is_example ? (['shown'] as const) : channels;
		if (ways.length === 0) refuse({ reason: 'no_way' });
		if (await hasLatelyTested(ctx)) refuse({ reason: 'too_soon' });
		const id = randomUUID();
		const about = { subject: 'test', subject_id: id, section_id: sectionId, round: 1 } as const;
		const staff = (await listStaff(ctx.db, [sectionId])).map((one) => ({
			...one,
			hearsOfIt: false
		}));
		const named = (await listNamed(ctx.db, [sectionId])).map((one) => ({ ...one, centreId: null }));
		const recipients = recipientsOf(ANYTHING, { staff, named, ran: new Set() }, Infinity);
		const alerts = recipients.flatMap((recipient) =>
			channelsFor(recipient, ways).map((channel) => ({
				...alertRow(about, recipient, { channel, now: ctx.now }),
				sent_at: channel === 'shown' ? toFiveMinutes(ctx.now) : null
			}))
		);
		await insertAll(ctx.db, 'alert', alerts);
		await audit({ action: 'send test', objectType: 'section', objectId: sectionId, fields: [] });
		return { count: alerts.length };
	});
}

async function hasLatelyTested({ db, scope, now }: Context): Promise<boolean> {
	const row = await db
		.selectFrom('alert')
		.select('id')
		.where('section_id', '=', scope.sectionId)
		.where('subject', '=', 'test')
		.where('due_at', '>', now - TEST_PAUSE_MS)
		.where('due_at', '<=', now)
		.executeTakeFirst();
	return row !== undefined;
}

/** Writes down that a test alert reached the actor. Refused for one that is too old, unknown or somebody else's. */
export function confirmTest(
	ctx: Context,
	input: { id: string },
	once: string
): Promise<Outcome<null, ConfirmRefusal | KeyReused>> {
	return command(ctx, { name: 'confirm test', once, input }, async ({ ctx, refuse, audit }) => {
		if (!(await findTest(ctx, input.id))) refuse({ reason: 'not_found' });
		const { accountId } = ctx.actor;
		await ctx.db
			.insertInto('alert_confirmation')
			.values({
				...{ account_id: accountId, section_id: ctx.scope.sectionId },
				confirmed_at: ctx.now
			})
			.onConflict((conflict) =>
				conflict.column('account_id').doUpdateSet({ confirmed_at: ctx.now })
			)
			.execute();
		await audit({
			action: 'confirm test',
			objectType: 'account',
			objectId: accountId,
			fields: ['confirmed_at']
		});
		return null;
	});
}
