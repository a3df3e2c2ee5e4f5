import { changeCohort, type CohortRefusal } from '#lib/features/cohorts/cohort.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { listAhead } from './ahead.queries.server.ts';
import { cancelSessions } from './moving.commands.server.ts';

export type EditCohortRefusal = CohortRefusal | SessionsAhead;

/** A cohort that is to close has so many sessions to come. */
export interface SessionsAhead {
	reason: 'sessions_ahead';
	count: number;
}

/**
 * Changes a cohort. One that closes has no sessions to come: they are cancelled and give their rooms, and whoever was
 * to run them, free; `sessions_ahead` until `cancel` says so. What has begun stays as it is.
 */
export function editCohort(
	ctx: Context,
	input: Parameters<typeof changeCohort>[1] & { cancel?: 'yes' | undefined },
	once: string
): Promise<Outcome<{ id: string }, EditCohortRefusal | KeyReused>> {
	return command<{ id: string }, EditCohortRefusal>(
		ctx,
		{ name: 'edit cohort', once, input },
		async (work) => {
			const { ctx, refuse, audit } = work;
			const { fields, zone } = await changeCohort(work, input);
			const ahead =
				input.status === 'closed' ? await listAhead(ctx, { cohortId: input.cohortId, zone }) : [];
			if (ahead.length > 0 && !input.cancel)
				refuse({ reason: 'sessions_ahead', count: ahead.length });
			await cancelSessions(
				ctx,
				ahead.map(({ id }) => id)
			);
			// Of the cohort, not of each session: whoever closes a cohort did not run what never was.
			await audit({
				action: 'edit cohort',
				objectType: 'cohort',
				objectId: input.cohortId,
				fields: [...fields, ...(ahead.length > 0 ? ['session.status'] : [])]
			});
			return { id: input.cohortId };
		}
	);
}
