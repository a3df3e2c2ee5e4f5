import { sql, type Kysely } from 'kysely';

/**
 * The few targets of a whole section, found without those of its centres: every session without a register is held
 * against them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create index target_of_section on target (section_id, starts_on) where centre_id is null`.execute(
		db
	);
}
