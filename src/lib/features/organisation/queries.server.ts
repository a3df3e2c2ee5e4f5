import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { weekdaysFrom } from '#lib/platform/clock/days.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { isLocale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import type { Organisation, Progress } from './types.ts';

/** The own organisation as its form shows it: names by language, the own language first. */
export async function getOrganisation(ctx: Context): Promise<Organisation> {
	const row = await ctx.db
		.selectFrom('section')
		.selectAll()
		.where('id', '=', ctx.scope.sectionId)
		.executeTakeFirstOrThrow();
	return {
		names: JSON.parse(row.name_texts) as Texts,
		country: row.country,
		zone: row.zone,
		languages: row.languages.split(',').filter(isLocale),
		weekStartsOn: row.week_starts_on,
		closedWeekdays: weekdaysFrom(row.closed_weekdays),
		isExample: row.is_example === 1
	};
}

/** What is there of what a new organisation needs, in one statement. */
export async function getProgress({ db, scope }: Context): Promise<Progress> {
	const own = (table: 'centre' | 'account' | 'person' | 'session' | 'target') =>
		db
			.selectFrom(table)
			.select((eb) => eb.fn.countAll<number>().as('rows'))
			.where('section_id', '=', scope.sectionId);
	const versions = db
		.selectFrom('curriculum_version as version')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.where('version.section_id', '=', scope.sectionId)
		.where('curriculum.is_imported', '=', 0)
		.where('version.published_on', 'is not', null);
	const curricula = versions.select(({ fn }) =>
		fn.count<number>('version.curriculum_id').distinct().as('rows')
	);
	const cycles = versions
		.innerJoin('cycle', 'cycle.version_id', 'version.id')
		.select(({ fn }) => fn.countAll<number>().as('rows'));
	const row = await db
		.selectNoFrom([
			own('centre').as('centres'),
			own('account')
				.where('disabled_at', 'is', null)
				.where('password_hash', '<>', NO_PASSWORD)
				.as('accounts'),
			own('person').as('people'),
			own('session').where('recorded_at', 'is not', null).as('registers'),
			own('target').where('centre_id', 'is', null).as('targets'),
			curricula.as('curricula'),
			cycles.as('cycles')
		])
		.executeTakeFirstOrThrow();
	return {
		centres: Number(row.centres),
		accounts: Number(row.accounts),
		people: Number(row.people),
		registers: Number(row.registers),
		targets: Number(row.targets),
		curricula: Number(row.curricula),
		cycles: Number(row.cycles)
	};
}

/** True while the example organisation is in the same database. */
export async function hasExample({ db }: Pick<Context, 'db'>): Promise<boolean> {
	const row = await db
		.selectFrom('section')
		.select('id')
		.where('is_example', '=', 1)
		.executeTakeFirst();
	return row !== undefined;
}
