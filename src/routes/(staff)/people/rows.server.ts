import { listCohortsOf } from '#lib/features/cohorts/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import type { FoundPerson } from '#lib/features/people/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';

/** People as a list shows them: with their age on a date and the cohorts they are in now. */
export async function asRows(locals: App.Locals, people: readonly FoundPerson[], today: string) {
	const ids = people.map(({ id }) => id);
	const cohorts = await listCohortsOf(ctxOf(locals), ids, locals.locale);
	return people.map(({ id, name, isStaff, caresForChild, sex, centre, ...born }) => ({
		...{ id, name, isStaff, caresForChild, sex, centre },
		age: ageOn(born, today),
		cohorts: cohorts.get(id) ?? []
	}));
}
export type Row = Awaited<ReturnType<typeof asRows>>[number];
