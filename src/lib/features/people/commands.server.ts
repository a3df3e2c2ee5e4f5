import type { Context } from '#lib/platform/command/context.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { sealName } from './queries.server.ts';

/** Writes a new person of a centre, name sealed. Part of a larger command: runs on its transaction. */
export async function addPerson(
	ctx: Context,
	person: {
		centreId: string;
		kind: 'child' | 'caregiver' | 'staff';
		name: string;
		sex: Sex;
		birthYear: number;
	}
): Promise<string> {
	const id = newId();
	await ctx.db
		.insertInto('person')
		.values({
			id,
			section_id: ctx.scope.sectionId,
			centre_id: person.centreId,
			kind: person.kind,
			name_sealed: sealName(ctx.ring, id, person.name),
			sex: person.sex,
			birth_year: person.birthYear,
			population_group: null
		})
		.execute();
	return id;
}

/**
 * Takes a person who was added by mistake out again: true when nothing was known of them but their own
 * row, else nothing happens. Part of a larger command: runs on its transaction.
 */
export async function takeOutPerson(ctx: Context, id: string): Promise<boolean> {
	const { numDeletedRows } = await ctx.db
		.deleteFrom('person')
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('mark').select('person_id').where('person_id', '=', id)))
		)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('cohort_member').select('person_id').where('person_id', '=', id)))
		)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
