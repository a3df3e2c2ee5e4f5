import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { CONSENT_PURPOSES } from '#lib/platform/db/vocabularies.ts';
import type { termsForm } from './forms.ts';

export type TermsRefusal = { reason: 'changed_meanwhile'; version: number };

/** Says how the section goes about asking. Refused when somebody said so since it was opened. */
export function setTerms(
	ctx: Context,
	input: z.output<typeof termsForm>,
	once: string
): Promise<Outcome<{ version: number }, TermsRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'set consent terms', once, input },
		async ({ ctx, refuse, audit }) => {
			const { sectionId } = ctx.scope;
			const before = await ctx.db
				.selectFrom('consent_setting')
				.select('version')
				.where('section_id', '=', sectionId)
				.executeTakeFirst();
			const version = before?.version ?? 0;
			if (version !== input.version) refuse({ reason: 'changed_meanwhile', version });
			const columns = {
				purposes: CONSENT_PURPOSES.filter((one) => input.purposes.includes(one)).join(','),
				on_missing: input.onMissing,
				own_age: input.ownAge ?? null,
				valid_months: input.validMonths,
				version: version + 1
			};
			const { numInsertedOrUpdatedRows } = await ctx.db
				.insertInto('consent_setting')
				.values({ section_id: sectionId, ...columns })
				.onConflict((conflict) =>
					conflict
						.column('section_id')
						.doUpdateSet(columns)
						.where('consent_setting.version', '=', input.version)
				)
				.executeTakeFirstOrThrow();
			if (!numInsertedOrUpdatedRows) refuse({ reason: 'changed_meanwhile', version: version + 1 });
			await audit({
				action: 'set consent terms',
				objectType: 'section',
				objectId: sectionId,
				fields: Object.keys(columns)
			});
			return { version: version + 1 };
		}
	);
}
