import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '#lib/platform/command/context.ts';
import type { Wanted } from './types.ts';

const MINUTES = 5;

/** Leave for the asker alone to fetch one file within five minutes: the export was audited when it was given. */
export function ticketFor(ctx: Context, wanted: Wanted): string {
	const until = ctx.now + MINUTES * 60_000;
	return `${until}.${macOf(ctx, wanted, until)}`;
}

/** Whether a ticket was given to this asker for this file and is not too old. */
export function isTicket(ctx: Context, wanted: Wanted, ticket: string): boolean {
	const [until, mac] = ticket.split('.');
	if (!mac || !(Number(until) >= ctx.now)) return false;
	const given = Buffer.from(mac);
	const right = Buffer.from(macOf(ctx, wanted, Number(until)));
	return given.length === right.length && timingSafeEqual(given, right);
}

function macOf(ctx: Context, { table, format, month, from, to }: Wanted, until: number): string {
	return createHmac('sha256', ctx.ring.derive(ctx.ring.current, 'export ticket'))
		.update(JSON.stringify([ctx.actor.accountId, table, format, month, from, to, until]))
		.digest('base64url');
}
