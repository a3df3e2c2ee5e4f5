import { addGuardians, overwritePhones } from '#lib/features/people/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { GuardianChange, JudgedPerson } from './judged.ts';
import type { Done } from '../running/ledger.server.ts';
import { rowsOf } from '../running/ledger-rows.server.ts';
import { isSameName } from './matching.ts';

/** Finds out whose guardian is to be added, or has another number by now. The first row of a child decides. */
export async function compareGuardians(ctx: Context, rows: readonly JudgedPerson[]): Promise<void> {
	const named = rows.filter(({ row, subject, isRepeat }) => row?.guardian && subject && !isRepeat);
	const ids = named.flatMap(({ subject }) => subject!.id ?? []);
	const byPerson = await guardianRows(ctx, ids);
	for (const one of named) {
		const { guardian, phone } = one.row!;
		const same = (byPerson.get(one.subject!.id ?? '') ?? []).find((known) =>
			isSameName(openColumn(ctx.ring, known, 'name_sealed')!, guardian!)
		);
		if (!same) one.guardian = { id: null, name: guardian!, phone };
		else if (phone !== null && phone !== openColumn(ctx.ring, same, 'phone_sealed'))
			one.guardian = { id: same.id, name: guardian!, phone };
	}
}

/** Names and numbers of the guardians of these people, by person. */
export async function guardiansOf(
	ctx: Context,
	personIds: readonly string[]
): Promise<Map<string, { name: string; phone: string | null }[]>> {
	const rows = await guardianRows(ctx, personIds);
	return new Map(
		[...rows].map(([id, some]) => [
			id,
			some.map((one) => ({
				name: openColumn(ctx.ring, one, 'name_sealed')!,
				phone: openColumn(ctx.ring, one, 'phone_sealed')
			}))
		])
	);
}

async function guardianRows(ctx: Context, personIds: readonly string[]) {
	const rows =
		personIds.length === 0
			? []
			: await ctx.db
					.selectFrom('guardian')
					.select(['id', 'person_id', 'name_sealed', 'phone_sealed'])
					.where('section_id', '=', ctx.scope.sectionId)
					.where('person_id', 'in', personIds)
					.orderBy('id')
					.execute();
	return Map.groupBy(rows, ({ person_id }) => person_id);
}

/** Writes the guardians of rows whose people are there; answers what for the ledger. */
export async function writeGuardians(ctx: Context, rows: readonly JudgedPerson[]): Promise<Done[]> {
	const changes = rows.flatMap(({ guardian, subject }) =>
		guardian ? [{ ...guardian, personId: subject!.id! }] : []
	);
	const added = changes.filter(({ id }) => id === null).map((change) => asRow(ctx, change));
	await addGuardians(ctx, added);
	const phones = new Map(changes.flatMap(({ id, phone }) => (id ? [[id, phone!] as const] : [])));
	const keys = [...phones.keys()].map((id) => [id]);
	const before = await rowsOf(ctx, 'guardian', keys);
	await changePhones(ctx, phones);
	return [
		{ table: 'guardian', keys: added.map(({ id }) => [id]) },
		{ table: 'guardian', keys, before }
	];
}

async function changePhones(ctx: Context, phones: ReadonlyMap<string, string>): Promise<void> {
	if (phones.size === 0) return;
	const rows = await ctx.db
		.selectFrom('guardian')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', [...phones.keys()])
		.execute();
	await overwritePhones(
		ctx,
		rows.map((row) => ({
			...row,
			phone_sealed: sealColumn(ctx.ring, row.id, 'phone_sealed', phones.get(row.id)!),
			version: row.version + 1
		}))
	);
}

/** Nothing is said of what they are to the child, nor how it is safe to reach them: by the number, if there is one. */
function asRow(
	{ ring, scope }: Context,
	{ name, phone, personId }: GuardianChange & { personId: string }
): NewRow<'guardian'> & { id: string } {
	const id = newId();
	return {
		id,
		section_id: scope.sectionId,
		person_id: personId,
		name_sealed: sealColumn(ring, id, 'name_sealed', name),
		relation: 'guardian',
		phone_sealed: phone === null ? null : sealColumn(ring, id, 'phone_sealed', phone),
		contact_way: phone === null ? 'visit' : 'call',
		safe_from: null,
		safe_until: null
	};
}

type Column = 'name_sealed' | 'phone_sealed';

function sealColumn(ring: KeyRing, row: string, column: Column, text: string): Sealed {
	return seal(ring, { table: 'guardian', column, row }, text);
}

function openColumn(
	ring: KeyRing,
	guardian: { id: string } & Record<Column, Sealed | null>,
	column: Column
): string | null {
	const value = guardian[column];
	return value && open(ring, { table: 'guardian', column, row: guardian.id }, value);
}
