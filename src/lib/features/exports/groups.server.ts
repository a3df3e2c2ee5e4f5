import { m } from '#lib/paraglide/messages.js';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { caresForChild, openName, openOf, worksHere } from '#lib/features/people/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { kindWords } from '#lib/features/people/words.ts';
import { roleWord } from '#lib/platform/access/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { date, number, text, type Reader } from './columns.ts';
import { takesNames } from './rules.ts';
import { sexWord } from './words.ts';

/** Tables of who: people, cohorts, their members, accounts. */

/**
 * People by number. Who may take names away gets names and the organisation's own number, all others the
 * population group: it never stands beside a name.
 */
export const people: Reader = async (ctx, { locale, today }) => {
	const named = takesNames(ctx.actor.role);
	const rows = await centresWithin(ctx)
		.innerJoin('person', 'person.centre_id', 'centre.id')
		.where('person.merged_into', 'is', null)
		.selectAll('person')
		.select('centre.name_texts')
		.select((eb) => [caresForChild(eb).as('cares'), worksHere(eb).as('works')])
		.orderBy('person.id')
		.execute();
	return {
		columns: [
			text(m.exports_person()),
			...(named ? [text(m.closed_name()), text(m.exports_code())] : []),
			text(m.word_centre()),
			text(m.people_kind()),
			text(m.enrol_sex()),
			number(m.enrol_birth_year()),
			number(m.exports_birth_month()),
			...(named ? [] : [text(m.exports_group())])
		],
		rows: rows.map((row) => [
			row.id,
			...(named
				? [
						openName(ctx.ring, row.id, row.name_sealed),
						row.code_sealed && openOf(ctx.ring, row.id, 'code_sealed', row.code_sealed)
					]
				: []),
			textIn(row.name_texts, locale),
			kindWords({
				isStaff: Boolean(row.works),
				age: ageOn({ birthYear: row.birth_year, birthMonth: row.birth_month }, today),
				caresForChild: Boolean(row.cares)
			}),
			sexWord(row.sex),
			row.birth_year,
			row.birth_month,
			...(named ? [] : [row.population_group])
		])
	};
};

export const cohorts: Reader = async (ctx, { locale }) => {
	const rows = await centresWithin(ctx)
		.innerJoin('cohort', 'cohort.centre_id', 'centre.id')
		.selectAll('cohort')
		.select('centre.name_texts as centre')
		.orderBy('cohort.id')
		.execute();
	return {
		columns: [
			text(m.word_centre()),
			text(m.word_cohort()),
			text(m.exports_audience()),
			number(m.exports_age_from()),
			number(m.exports_age_to()),
			number(m.exports_places()),
			number(m.exports_members_now()),
			text(m.exports_cohort_number())
		],
		rows: rows.map((row) => [
			textIn(row.centre, locale),
			textIn(row.name_texts, locale),
			audienceWord(row.audience),
			row.age_from,
			row.age_to,
			row.capacity,
			row.member_count,
			row.id
		])
	};
};

export const members: Reader = async (ctx, { locale }) => {
	const rows = await centresWithin(ctx)
		.innerJoin('cohort', 'cohort.centre_id', 'centre.id')
		.innerJoin('cohort_member as member', 'member.cohort_id', 'cohort.id')
		.select([
			'centre.name_texts as centre',
			'cohort.name_texts as cohort',
			'member.person_id',
			'member.joined_on',
			'member.left_on'
		])
		.orderBy('cohort.id')
		.orderBy('member.person_id')
		.orderBy('member.joined_on')
		.execute();
	return {
		columns: [
			text(m.word_centre()),
			text(m.word_cohort()),
			text(m.exports_person()),
			date(m.exports_joined()),
			date(m.exports_left())
		],
		rows: rows.map((row) => [
			textIn(row.centre, locale),
			textIn(row.cohort, locale),
			row.person_id,
			row.joined_on,
			row.left_on
		])
	};
};

/** Who has an account, with their centres; nothing of how they log in. */
export const accounts: Reader = async (ctx, { locale }) => {
	const rows = await ctx.db
		.selectFrom('account')
		.leftJoin('account_centre as at', 'at.account_id', 'account.id')
		.leftJoin('centre', 'centre.id', 'at.centre_id')
		.select([
			'account.id',
			'account.name_sealed',
			'account.role',
			'account.disabled_at',
			'centre.name_texts'
		])
		.where('account.section_id', '=', ctx.scope.sectionId)
		.orderBy('account.id')
		.orderBy('centre.id')
		.execute();
	return {
		columns: [
			text(m.closed_name()),
			text(m.exports_role()),
			text(m.exports_centres()),
			text(m.exports_status())
		],
		rows: [...Map.groupBy(rows, ({ id }) => id).values()].map((ofOne) => [
			openAccountName(ctx.ring, ofOne[0]!),
			roleWord(ofOne[0]!.role),
			ofOne
				.flatMap(({ name_texts }) => (name_texts === null ? [] : [textIn(name_texts, locale)]))
				.join(' · '),
			ofOne[0]!.disabled_at === null ? m.exports_active() : m.exports_disabled()
		])
	};
};

function centresWithin({ db, scope }: Context) {
	return db
		.selectFrom('centre')
		.where('centre.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) => query.where('centre.id', 'in', scope.centreIds!));
}
