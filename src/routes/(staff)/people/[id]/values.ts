import type { Guardian, Person } from '#lib/features/people/types.ts';

/** A person as the form that changes one is filled. */
export function personValues(person: Person): Record<string, string> {
	return {
		name: person.name,
		sex: person.sex,
		birthYear: String(person.birthYear),
		birthMonth: person.birthMonth === null ? '' : String(person.birthMonth),
		populationGroup: person.populationGroup ?? '',
		language: person.language ?? '',
		code: person.code ?? '',
		needs: person.needs ?? '',
		version: String(person.version)
	};
}

/** A guardian as the form that changes one is filled. */
export function guardianValues(guardian: Guardian): Record<string, string> {
	return {
		guardian: guardian.id,
		name: guardian.name,
		relation: guardian.relation,
		phone: guardian.phone ?? '',
		contactWay: guardian.contactWay,
		safeFrom: guardian.safeFrom ?? '',
		safeUntil: guardian.safeUntil ?? '',
		version: String(guardian.version)
	};
}
