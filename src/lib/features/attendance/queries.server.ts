import { listMembers } from '#lib/features/cohorts/queries.server.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import { sessionsInScope } from '#lib/features/sessions/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

export interface RegisterRow {
	personId: string;
	name: string;
	/** null until the register is saved. */
	code: MarkCode | null;
}

/** Whom the register of a session within reach names: the members on its date and anyone already marked, by name. */
export async function listRegister(
	ctx: Context,
	session: { id: string; cohortId: string; date: string },
	locale: Locale
): Promise<RegisterRow[]> {
	const opened = sessionsInScope(ctx).where('session.id', '=', session.id);
	const members = await listMembers(
		ctx,
		{ cohortId: session.cohortId, date: session.date },
		locale,
		opened.select('session.cohort_id').$asScalar()
	);
	const marks = await ctx.db
		.selectFrom('mark')
		.innerJoin('person', 'person.id', 'mark.person_id')
		.select(['mark.person_id', 'mark.code', 'person.name_sealed'])
		.where('mark.section_id', '=', ctx.scope.sectionId)
		.where('mark.session_id', 'in', opened.select('session.id'))
		.execute();
	const rows = new Map<string, RegisterRow>(
		members.map(({ personId, name }) => [personId, { personId, name, code: null }])
	);
	for (const mark of marks)
		rows.set(mark.person_id, {
			personId: mark.person_id,
			name: openName(ctx.ring, mark.person_id, mark.name_sealed),
			code: mark.code
		});
	const byName = new Intl.Collator(locale);
	return [...rows.values()].sort((a, b) => byName.compare(a.name, b.name));
}
