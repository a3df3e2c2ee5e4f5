import type { z } from 'zod';
import { lockCounts } from '#lib/features/counts/commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { publishForm, reportSettingForm } from './forms.ts';
import { layoutsFor } from './layouts.rules.ts';
import { whyNot } from './periods.rules.ts';
import { latestPeriod, whereItIs } from './queries.server.ts';
import { writeSnapshot } from './snapshot.commands.server.ts';

export type PublishRefusal = {
	reason: 'published' | 'later_published' | 'not_begun' | 'no_layout' | 'not_found';
};

/**
 * Publishes a month: counts everybody newly reached in its year up to its end who is in no snapshot yet, protects
 * small numbers, and freezes what is left under the next number. For good: what registers say later is counted in the
 * next. Refused for a month that is published, or has a later one that is. Of two at once one publishes.
 */
export function publishMonth(
	ctx: Context,
	input: z.output<typeof publishForm>,
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ snapshotId: string; number: number }, PublishRefusal | KeyReused>> {
	return command(ctx, { name: 'publish month', once, input }, async ({ ctx, refuse, audit }) => {
		const { db, scope, actor } = ctx;
		if (scope.centreIds !== null || scope.totalsOnly) refuse({ reason: 'not_found' });
		const { month, layout } = input;
		await lockCounts(db, scope.sectionId);
		const reason = whyNot(month, { latest: await latestPeriod(db, scope.sectionId), today });
		if (reason) refuse({ reason });
		const { country } = await whereItIs(db, scope.sectionId);
		if (!layoutsFor(country).includes(layout)) refuse({ reason: 'no_layout' });
		const by = { sectionId: scope.sectionId, frozenBy: actor.accountId, frozenOn: today };
		const snapshotId = newId();
		const done = await writeSnapshot(db, { ...by, snapshotId, month, layout });
		await audit({
			action: 'publish month',
			objectType: 'section',
			objectId: scope.sectionId,
			fields: [month, layout, String(done.number)]
		});
		return done;
	});
}

/** Remembers what the section's people are reported as. */
export function saveReportSetting(
	ctx: Context,
	input: z.output<typeof reportSettingForm>,
	once: string
): Promise<Outcome<null, KeyReused>> {
	return command(ctx, { name: 'save report setting', once, input }, async ({ ctx, audit }) => {
		await ctx.db
			.insertInto('report_setting')
			.values({ section_id: ctx.scope.sectionId, ...input })
			.onConflict((conflict) => conflict.column('section_id').doUpdateSet(input))
			.execute();
		await audit({
			action: 'save report setting',
			objectType: 'section',
			objectId: ctx.scope.sectionId,
			fields: Object.keys(input)
		});
		return null;
	});
}
