import { cohortsInScope, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import { mayOpen } from '#lib/features/sessions/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { ATTENDED, MARKS } from './rules.ts';

export interface RegisterRow {
	personId: string;
	name: string;
	/** null until the register is saved. */
	code: MarkCode | null;
}

/** Whom the register of a session within reach names: the members on its date and anyone already marked, by name. */
export async function listRegister(
	ctx: Context,
	session: { id: string; cohortId: string | null; date: string },
	locale: Locale
): Promise<RegisterRow[]> {
	const opened = ctx.db
		.selectFrom('session')
		.where('session.id', '=', session.id)
		.where(mayOpen(ctx));
	const members =
		session.cohortId === null
			? []
			: await listMembers(
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
	return [...rows.values()].sort(byName(locale));
}

/** What is saved of a register: by whom, the marks by person, and the headcount. */
export interface SavedRegister {
	by: string | null;
	marks: Record<string, MarkCode>;
	headcount: number | null;
}

/** What is saved of the register of a session within reach, of which `register` is read; null until it is saved. */
export async function findSavedRegister(
	ctx: Context,
	session: { id: string; headcount: number | null; recordedAt: number | null },
	register: readonly RegisterRow[]
): Promise<SavedRegister | null> {
	if (session.recordedAt === null) return null;
	const by = await ctx.db
		.selectFrom('session')
		.innerJoin('account', 'account.id', 'session.recorded_by')
		.select(['account.id', 'account.name_sealed'])
		.where('session.id', '=', session.id)
		.where(mayOpen(ctx))
		.executeTakeFirst();
	return {
		by: by ? openAccountName(ctx.ring, by) : null,
		marks: Object.fromEntries(
			register.flatMap(({ personId, code }) => (code === null ? [] : [[personId, code]]))
		),
		headcount: session.headcount
	};
}

/** How many got each mark in the register of a session within reach: what is read of it without a name. */
export async function countMarks(
	ctx: Context,
	sessionId: string
): Promise<{ code: MarkCode; count: number }[]> {
	const rows = await ctx.db
		.selectFrom('mark')
		.innerJoin('session', 'session.id', 'mark.session_id')
		.select(['mark.code'])
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('mark.session_id', '=', sessionId)
		.where(mayOpen(ctx))
		.groupBy('mark.code')
		.execute();
	return MARKS.flatMap((code) => rows.filter((row) => row.code === code));
}

/** A cohort someone takes or took part in, with the registers that name them. */
export interface TakingPart {
	cohortId: string;
	cohort: string;
	/** The first day they ever were. */
	joinedOn: string;
	/** null while they are a member. */
	leftOn: string | null;
	registerCount: number;
	presentCount: number;
}

/** The cohorts within reach someone is or was a member of, latest first. */
export async function listTakingPart(
	ctx: Context,
	personId: string,
	locale: Locale
): Promise<TakingPart[]> {
	const rows = await cohortsInScope(ctx)
		.clearSelect()
		.innerJoin('cohort_member as member', 'member.cohort_id', 'cohort.id')
		.leftJoin('session', (join) =>
			join.onRef('session.cohort_id', '=', 'cohort.id').on('session.status', '=', 'held')
		)
		.leftJoin('mark', (join) =>
			join
				.onRef('mark.session_id', '=', 'session.id')
				.onRef('mark.person_id', '=', 'member.person_id')
		)
		.select(['cohort.id', 'cohort.name_texts', 'member.joined_on', 'member.left_on'])
		.select(({ fn }) => [
			fn.count<number>('mark.person_id').as('registers'),
			fn.count<number>('mark.person_id').filterWhere('mark.code', 'in', ATTENDED).as('present')
		])
		.where('member.person_id', '=', personId)
		.groupBy(['cohort.id', 'cohort.name_texts', 'member.joined_on', 'member.left_on'])
		.orderBy('member.joined_on', 'desc')
		.orderBy('cohort.id')
		.execute();
	// Who came back has a row for each time; the registers of the cohort are the same in all of them.
	return [...Map.groupBy(rows, ({ id }) => id).values()].map((times) => {
		const latest = times[0]!;
		return {
			cohortId: latest.id,
			cohort: textIn(latest.name_texts, locale),
			joinedOn: times.at(-1)!.joined_on,
			leftOn: latest.left_on,
			registerCount: latest.registers,
			presentCount: latest.present
		};
	});
}
