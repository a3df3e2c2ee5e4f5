import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open } from '#lib/platform/crypto/sealed.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { peopleInScope } from './queries.server.ts';
import type { Guardian } from './types.ts';

/** Who is responsible for a person within reach, in the order they were written down. */
export async function listGuardians(ctx: Context, personId: string): Promise<Guardian[]> {
	const rows = await guardiansOf(ctx, personId).orderBy('id').execute();
	return rows.map((row) => asGuardian(ctx.ring, row));
}

/** The rows of those responsible for a person within reach. */
export function guardiansOf(ctx: Context, personId: string) {
	return ctx.db
		.selectFrom('guardian')
		.selectAll()
		.where('person_id', '=', personId)
		.where('person_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'));
}

/** Opens a guardian's row. */
export function asGuardian(ring: KeyRing, row: Row<'guardian'>): Guardian {
	return {
		id: row.id,
		name: open(ring, placeOf('name_sealed', row.id), row.name_sealed),
		relation: row.relation,
		phone: row.phone_sealed && open(ring, placeOf('phone_sealed', row.id), row.phone_sealed),
		contactWay: row.contact_way,
		safeFrom: row.safe_from,
		safeUntil: row.safe_until,
		version: row.version
	};
}

/** What seals a column of a guardian's row to it. */
export function placeOf(column: 'name_sealed' | 'phone_sealed', row: string) {
	return { table: 'guardian', column, row };
}
