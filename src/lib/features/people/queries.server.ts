import {
	sql,
	type Expression,
	type ExpressionBuilder,
	type NotNull,
	type RawBuilder,
	type SqlBool
} from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { nameKeysOf } from './name-keys.queries.server.ts';
import { namesAlike } from './names.rules.ts';
import { ADULT_AGE } from './rules.ts';
import { stillRuns } from './running.queries.server.ts';
import type { FoundPerson, Person } from './types.ts';

type SealedColumn = 'name_sealed' | 'code_sealed' | 'needs_sealed';

/** Seals a person's name for the person's own row. */
export function sealName(ring: KeyRing, personId: string, name: string): Sealed {
	return sealOf(ring, personId, 'name_sealed', name);
}

/** Reads a person's name; only for a page whose reader may see this person by name. */
export function openName(ring: KeyRing, personId: string, name: Sealed): string {
	return openOf(ring, personId, 'name_sealed', name);
}

/** Seals a text of a person for its own row and column. */
export function sealOf(
	ring: KeyRing,
	personId: string,
	column: SealedColumn,
	text: string
): Sealed {
	return seal(ring, { table: 'person', column, row: personId }, text);
}

/** Reads what `sealOf` sealed for the same row and column. */
export function openOf(
	ring: KeyRing,
	personId: string,
	column: SealedColumn,
	value: Sealed
): string {
	return open(ring, { table: 'person', column, row: personId }, value);
}

/** One person within reach, or undefined: also for someone who turned out to be somebody else. */
export async function findPerson(
	ctx: Context,
	id: string,
	locale: Locale
): Promise<Person | undefined> {
	const row = await peopleInScope(ctx)
		.select(['person.population_group', 'person.language', 'person.needs_sealed'])
		.select(['person.code_sealed', 'person.version', 'person.added_on'])
		.where('person.id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;
	const opened = (column: 'needs_sealed' | 'code_sealed') =>
		row[column] && openOf(ctx.ring, row.id, column, row[column]);
	return {
		...asFound(ctx, row, locale),
		centreId: row.centre_id,
		populationGroup: row.population_group,
		language: row.language,
		needs: opened('needs_sealed'),
		code: opened('code_sealed'),
		version: row.version,
		addedOn: row.added_on
	};
}

/**
 * Ids of people within reach who may be the one described: alike name, same sex, born a year apart at most, or two
 * where the year was counted from an age.
 */
export async function listAlike(
	ctx: Context,
	person: Pick<FoundPerson, 'name' | 'sex' | 'birthYear'>
): Promise<string[]> {
	const { whole } = nameKeysOf(ctx.ring, ctx.scope.sectionId, person.name);
	if (whole === null) return [];
	const rows = await peopleInScope(ctx)
		.where('person.name_key', '=', whole)
		.where((eb) =>
			eb.between(
				'person.birth_year',
				eb(eb.val(person.birthYear - 1), '-', eb.ref('person.birth_year_from_age')),
				eb(eb.val(person.birthYear + 1), '+', eb.ref('person.birth_year_from_age'))
			)
		)
		.$if(person.sex !== 'other', (query) => query.where('person.sex', 'in', [person.sex, 'other']))
		.execute();
	return rows
		.filter((row) => namesAlike(openName(ctx.ring, row.id, row.name_sealed), person.name))
		.map(({ id }) => id);
}

/**
 * Whoever an actor may see by name: members of the own cohorts for facilitators; for those who see
 * centres, the people of these and whoever takes part there.
 */
export function peopleInScope({ db, scope, now }: Context) {
	return db
		.selectFrom('person')
		.innerJoin('centre', 'centre.id', 'person.centre_id')
		.select(['person.id', 'person.name_sealed', 'person.code_index'])
		.select(['person.sex', 'person.birth_year', 'person.birth_month', 'person.centre_id'])
		.select('centre.name_texts as centre')
		.select((eb) => [caresForChild(eb).as('cares'), worksHere(eb).as('works')])
		.where('person.section_id', '=', scope.sectionId)
		.where('person.merged_into', 'is', null)
		.where('person.erased_on', 'is', null)
		.$if(scope.centreIds !== null || scope.wholeCentreIds !== null, (query) =>
			query.where(({ eb, or, selectFrom }) => {
				const takesPart = selectFrom('cohort_member as member')
					.innerJoin('cohort', 'cohort.id', 'member.cohort_id')
					.select('member.person_id')
					.where('member.left_on', 'is', null)
					.$if(scope.centreIds !== null, (members) =>
						members.where('cohort.centre_id', 'in', scope.centreIds!)
					)
					.$if(scope.wholeCentreIds !== null, (members) =>
						members.where((member) =>
							member.or([
								member('cohort.centre_id', 'in', scope.wholeCentreIds!),
								member(
									'cohort.id',
									'in',
									member
										.selectFrom('cohort_facilitator')
										.select('cohort_id')
										.where('account_id', '=', scope.accountId)
										.where(stillRuns('until_on', now))
								)
							])
						)
					);
				const whole = scope.wholeCentreIds ?? scope.centreIds!;
				return or([eb('person.centre_id', 'in', whole), eb('person.id', 'in', takesPart)]);
			})
		);
}

/** Whether the `person` of a query is an adult on a civil date of the row, as `ageOn` counts. */
export function isAdultOn(date: Expression<string>): RawBuilder<SqlBool> {
	const part = (from: number, length: number) =>
		sql`cast(substr(${date}, ${sql.lit(from)}, ${sql.lit(length)}) as integer)`;
	return sql<SqlBool>`${part(1, 4)} - person.birth_year
		- (case when person.birth_month > ${part(6, 2)} then 1 else 0 end) >= ${sql.lit(ADULT_AGE)}`;
}

/**
 * Whether a person is responsible for a child of the register, themselves or under a row that was merged into theirs,
 * or was for one who is erased: numbers stay what they were.
 */
export function caresForChild(eb: ExpressionBuilder<Tables, 'person'>) {
	return eb.or([
		eb('person.cared_for_someone', '=', 1),
		eb('person.id', 'in', eb.selectFrom('caregiver').select('caregiver_id')),
		eb(
			'person.id',
			'in',
			eb
				.selectFrom('caregiver')
				.innerJoin('person as earlier', 'earlier.id', 'caregiver.caregiver_id')
				.select('earlier.merged_into')
				.where('earlier.merged_into', 'is not', null)
				.$narrowType<{ merged_into: NotNull }>()
		)
	]);
}

/** Whether a person is staff, themselves or under a row that was merged into theirs. */
export function worksHere(eb: ExpressionBuilder<Tables, 'person'>) {
	return eb.or([
		eb('person.kind', '=', 'staff'),
		eb(
			'person.id',
			'in',
			eb
				.selectFrom('person as earlier')
				.select('earlier.merged_into')
				.where('earlier.kind', '=', 'staff')
				.where('earlier.merged_into', 'is not', null)
				.$narrowType<{ merged_into: NotNull }>()
		)
	]);
}

export type PersonRow = Awaited<ReturnType<ReturnType<typeof peopleInScope>['execute']>>[number];

/** A row of `peopleInScope` opened; the centre only where the reader knows it. */
export function asFound(
	{ ring, scope }: Pick<Context, 'ring' | 'scope'>,
	row: PersonRow,
	locale: Locale
): FoundPerson {
	const isKnown = scope.centreIds === null || scope.centreIds.includes(row.centre_id);
	return {
		id: row.id,
		name: openName(ring, row.id, row.name_sealed),
		isStaff: Boolean(row.works),
		caresForChild: Boolean(row.cares),
		sex: row.sex,
		birthYear: row.birth_year,
		birthMonth: row.birth_month,
		centre: isKnown ? textIn(row.centre, locale) : null
	};
}
