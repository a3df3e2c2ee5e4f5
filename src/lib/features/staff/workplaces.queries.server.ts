import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import type { Tables } from '#lib/platform/db/schema.ts';
import { CENTRE_ROLES } from './rules.ts';

/** A centre, or none, and an account: ids, or columns of the query around. */
type Centre = Expression<string | null>;
type Account = Expression<string>;

/**
 * Whether an account works or worked at a centre, or ever ran a session there, from wherever it came and wherever it works now; with
 * no centre, whether at any.
 */
export function hasWorkedAt(centre: Centre, account: Account): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, never>();
	return eb.or([hadRoleAt(centre, account), hasRunAt(centre, account)]);
}

/** Whether an account holds or ever held a role at a centre, or at every centre. */
function hadRoleAt(centre: Centre, account: Account): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, never>();
	const of = (table: 'account_role' | 'past_role') =>
		eb.selectFrom(table).select(['role', 'centre_id']).where('account_id', '=', account);
	return eb.exists(
		eb
			.selectFrom(of('account_role').unionAll(of('past_role')).as('working'))
			.select('working.role')
			.where('working.role', 'in', CENTRE_ROLES)
			.where((one) =>
				one.or([
					one('working.centre_id', 'is', null),
					one('working.centre_id', '=', centre),
					one(centre, 'is', null)
				])
			)
	);
}

/**
 * Whether an account is or was among those who run a session or lead a cohort of a centre, stood in there, or wrote a
 * register. Begins at what the account did, of which there is little.
 */
export function hasRunAt(centre: Centre, account: Account): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, never>();
	return eb.or([
		eb.exists(
			eb
				.selectFrom('cohort_facilitator as led')
				.innerJoin('cohort as led_of', 'led_of.id', 'led.cohort_id')
				.select('led.account_id')
				.where('led.account_id', '=', account)
				.where((one) => one.or([one('led_of.centre_id', '=', centre), one(centre, 'is', null)]))
		),
		eb.exists(
			eb
				.selectFrom('session_facilitator as ran')
				.innerJoin('session as ran_of', 'ran_of.id', 'ran.session_id')
				.select('ran.account_id')
				.where('ran.account_id', '=', account)
				.where((one) => one.or([one('ran_of.centre_id', '=', centre), one(centre, 'is', null)]))
		),
		eb.exists(
			eb
				.selectFrom('substitute as stood')
				.innerJoin('session as stood_at', 'stood_at.id', 'stood.session_id')
				.select('stood.id')
				.where((one) =>
					one.or([one('stood.account_id', '=', account), one('stood.for_account_id', '=', account)])
				)
				.where((one) => one.or([one('stood_at.centre_id', '=', centre), one(centre, 'is', null)]))
		),
		eb.exists(
			eb
				.selectFrom('session as written')
				.select('written.id')
				.where('written.recorded_by', '=', account)
				.where((one) => one.or([one('written.centre_id', '=', centre), one(centre, 'is', null)]))
		)
	]);
}
