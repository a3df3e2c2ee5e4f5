import { command, type Outcome, type KeyReused } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { mayTake } from './rules.ts';
import type { Wanted } from './types.ts';

export type ExportRefusal = { reason: 'not_found' };

/**
 * Writes down that somebody takes a table away; the file itself is read afterwards. Every time is one of
 * its own: the same button pressed twice gives the table away twice, so there is no key to send again.
 */
export function exportTable(
	ctx: Context,
	wanted: Wanted
): Promise<Outcome<null, ExportRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'export table', once: newId(), input: wanted },
		async ({ audit, refuse }) => {
			const { table, format, month, from, to } = wanted;
			if (!mayTake(ctx.actor, table)) refuse({ reason: 'not_found' });
			await audit({
				action: 'export table',
				objectType: 'section',
				objectId: ctx.scope.sectionId,
				fields: [table, format, ...(from && to ? [from, to] : [month])]
			});
			return null;
		}
	);
}
