import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import type { Backstage } from './visiting.ts';

/**
 * Puts a word into every name that tells whose it is, so that any of it showing up where it should not
 * is seen: `MARK3END` in the names of a centre, its rooms and closed days and of no other.
 */
export interface Markers {
	/** The marker of a section, centre or cohort by its id; of a person by the ids of their cohorts, sorted. */
	of(kind: Kind, id: string): string;
	/** Every marker in a text, with what it marks. */
	in(text: string): { kind: Kind; id: string }[];
}
export type Kind = 'section' | 'centre' | 'cohort' | 'person';

export async function plantMarkers({ db, ring }: Backstage): Promise<Markers> {
	const marked: { kind: Kind; id: string }[] = [];
	const of = (kind: Kind, id: string) => {
		let at = marked.findIndex((one) => one.kind === kind && one.id === id);
		if (at < 0) at = marked.push({ kind, id }) - 1;
		return `MARK${at}END`;
	};
	const name = (...words: string[]) => ({
		name_texts: JSON.stringify(
			Object.fromEntries(['en', 'fr', 'ar'].map((l) => [l, words.join(' ')]))
		)
	});
	for (const { id } of await db.selectFrom('section').select('id').execute())
		await db
			.updateTable('section')
			.set(name(of('section', id)))
			.where('id', '=', id)
			.execute();
	for (const { id } of await db.selectFrom('centre').select('id').execute())
		await db
			.updateTable('centre')
			.set(name(of('centre', id)))
			.where('id', '=', id)
			.execute();
	for (const { id, centre_id } of await db.selectFrom('room').selectAll().execute())
		await db
			.updateTable('room')
			.set(name(of('centre', centre_id)))
			.where('id', '=', id)
			.execute();
	for (const { id } of await db.selectFrom('cohort').select('id').execute())
		await db
			.updateTable('cohort')
			.set(name(of('cohort', id)))
			.where('id', '=', id)
			.execute();
	for (const { id, centre_id, section_id } of await db
		.selectFrom('closed_day')
		.selectAll()
		.execute())
		await db
			.updateTable('closed_day')
			.set(name(centre_id ? of('centre', centre_id) : of('section', section_id)))
			.where('id', '=', id)
			.execute();
	for (const { id, section_id } of await db.selectFrom('curriculum').selectAll().execute())
		await db
			.updateTable('curriculum')
			.set(name(of('section', section_id)))
			.where('id', '=', id)
			.execute();
	const members = await db
		.selectFrom('person')
		.leftJoin('cohort_member', 'cohort_member.person_id', 'person.id')
		.select(['person.id', 'cohort_member.cohort_id'])
		.execute();
	const cohorts = Map.groupBy(members, ({ id }) => id);
	for (const [id, rows] of cohorts) {
		const groups = rows.map((row) => row.cohort_id ?? 'none').sort();
		const place = { table: 'person', column: 'name_sealed', row: id };
		await db
			.updateTable('person')
			.set({ name_sealed: seal(ring, place, of('person', groups.join(' '))), name_key: null })
			.where('id', '=', id)
			.execute();
	}
	await db.deleteFrom('person_name_key').execute(); // of the names they had
	await fillNameKeys(db, ring);
	return {
		of,
		in: (text) => {
			const found = new Set([...text.matchAll(/MARK(\d+)END/g)].map(([, at]) => Number(at)));
			return [...found].map((at) => marked[at]!);
		}
	};
}
