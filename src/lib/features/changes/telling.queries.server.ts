import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import { listContacts } from '#lib/features/people/contacts.queries.server.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import type { Guardian } from '#lib/features/people/types.ts';
import { within, type Context } from '#lib/platform/command/context.ts';
import { batchesOf } from '#lib/platform/db/batches.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** Somebody a cohort's change concerns, and who may be told of it, how and when. */
export interface ToTell {
	personId: string;
	name: string;
	guardians: Guardian[];
}

/** The members of these cohorts within reach with their contacts, by cohort and name; all of them at once. */
export async function listToTell(
	ctx: Context,
	cohortIds: readonly string[],
	locale: Locale
): Promise<Map<string, ToTell[]>> {
	const people = within(ctx, 'see people');
	const members = [];
	for (const batch of batchesOf(cohortIds))
		members.push(
			...(await people.db
				.selectFrom('cohort_member as member')
				.innerJoin('person', 'person.id', 'member.person_id')
				.select(['member.cohort_id', 'person.id', 'person.name_sealed'])
				.where('member.section_id', '=', people.scope.sectionId)
				.where('member.cohort_id', 'in', batch)
				.where('member.cohort_id', 'in', cohortsInScope(people).clearSelect().select('cohort.id'))
				.where('member.left_on', 'is', null)
				.execute())
		);
	const contacts = await listContacts(people, [...new Set(members.map(({ id }) => id))]);
	const told = members
		.map((row) => ({
			cohortId: row.cohort_id,
			personId: row.id,
			name: openName(people.ring, row.id, row.name_sealed),
			guardians: contacts.get(row.id) ?? []
		}))
		.sort(byName(locale));
	return Map.groupBy(told, ({ cohortId }) => cohortId);
}
