import { m } from '#lib/paraglide/messages.js';
import { listCentres } from '#lib/features/centres/queries.server.ts';
import { audienceWord } from '#lib/features/cohorts/words.ts';
import { caresForChild, openName, openOf, worksHere } from '#lib/features/people/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { kindWords } from '#lib/features/people/words.ts';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import { roleWord } from '#lib/platform/access/words.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { heldRoles } from '#lib/platform/login/sessions.ts';
import type { Value } from '#lib/platform/sheets/table.ts';
import { date, number, text, type Reader } from './columns.rules.ts';
import { withPersons } from './persons.queries.server.ts';
import { personsBy } from './rules.ts';
import { sexWord } from './words.ts';

/** Tables of who: people, cohorts, their members, accounts. */

/**
 * People by number or pseudonym. Who may take names away somewhere gets names and the organisation's own number
 * there, all others the population group: it never stands beside a name.
 */
export const people: Reader = async (ctx, { locale, today }) => {
	const named = personsBy(ctx.actor) === 'name';
	const { scope: naming } = within(ctx, 'export names');
	const rows = await centresWithin(ctx)
		.innerJoin('person', 'person.centre_id', 'centre.id')
		.where('person.merged_into', 'is', null)
		.selectAll('person')
		.select(['person.id as person_id', 'centre.name_texts'])
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
		rows: withPersons(ctx, rows).map((row) => [
			row.person,
			...(named ? namesOf(ctx.ring, row, reachesCentre(naming, row.centre_id)) : []),
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

function namesOf(
	ring: KeyRing,
	{ id, name_sealed, code_sealed }: Pick<Row<'person'>, 'id' | 'name_sealed' | 'code_sealed'>,
	isNamed: boolean
): Value[] {
	if (!isNamed) return [null, null];
	const code = code_sealed && openOf(ring, id, 'code_sealed', code_sealed);
	return [openName(ring, id, name_sealed), code];
}

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
			'cohort.centre_id',
			'member.cohort_id',
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
		rows: withPersons(ctx, rows, ({ cohort_id }) => cohort_id).map((row) => [
			textIn(row.centre, locale),
			textIn(row.cohort, locale),
			row.person,
			row.joined_on,
			row.left_on
		])
	};
};

/** Who has an account, a row for each role with its centres; nothing of how they log in. */
export const accounts: Reader = async (ctx, { locale }) => {
	const rows = await ctx.db
		.selectFrom('account')
		.select(['account.id', 'account.name_sealed', 'account.disabled_at'])
		.where('account.section_id', '=', ctx.scope.sectionId)
		.orderBy('account.id')
		.execute();
	const roles = await heldRoles(
		ctx.db,
		rows.map(({ id }) => id)
	);
	const centres = new Map((await listCentres(ctx, locale)).map(({ id, name }) => [id, name]));
	return {
		columns: [
			text(m.closed_name()),
			text(m.exports_role()),
			text(m.exports_centres()),
			text(m.exports_status())
		],
		rows: rows.flatMap((row) => {
			const held = roles.get(row.id) ?? [];
			const status = row.disabled_at === null ? m.exports_active() : m.exports_disabled();
			return held.map(({ role, centreIds }) => [
				openAccountName(ctx.ring, row),
				roleWord(role),
				(centreIds ?? []).flatMap((id) => centres.get(id) ?? []).join(' · '),
				status
			]);
		})
	};
};

function centresWithin({ db, scope }: Context) {
	return db
		.selectFrom('centre')
		.where('centre.section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) => query.where('centre.id', 'in', scope.centreIds!));
}
