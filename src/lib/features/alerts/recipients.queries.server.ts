import { ran } from '#lib/features/staff/queries.server.ts';
import { hasRunAt } from '#lib/features/staff/workplaces.queries.server.ts';
import { isCentreRole } from '#lib/features/staff/rules.ts';
import type { HeldRole } from '#lib/platform/access/actor.ts';
import { holds } from '#lib/platform/access/roles.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { heldRoles } from '#lib/platform/login/sessions.ts';
import type { Named, Staff } from './types.ts';

/** Accounts of these sections that can log in and are focal points or hear that something waits. */
export async function listStaff(db: Db, sectionIds: readonly string[]): Promise<Staff[]> {
	const rows = await db
		.selectFrom('account')
		.select(['id', 'section_id'])
		.where('section_id', 'in', sectionIds)
		.where('disabled_at', 'is', null)
		.where('password_hash', '<>', NO_PASSWORD)
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('account_role')
				.select('account_id')
				.where('role', 'in', ['focal_point', 'manager', 'admin'])
		)
		.execute();
	const roles = await heldRoles(
		db,
		rows.map(({ id }) => id)
	);
	return rows.map(({ id, section_id }) => {
		const held = roles.get(id) ?? [];
		return {
			id,
			sectionId: section_id!,
			isFocalPoint: held.some(({ role }) => role === 'focal_point'),
			hearsOfIt: held.some(({ role }) => holds(role, 'hear of unread concerns')),
			centreIds: centresOf(held)
		};
	});
}

/** The centres at which these roles are work; null for every one. */
function centresOf(held: readonly HeldRole[]): string[] | null {
	const work = held.filter(({ role }) => isCentreRole(role));
	if (work.some(({ centreIds }) => centreIds === null)) return null;
	return work.flatMap(({ centreIds }) => centreIds!);
}

/** Everybody who is named for a step in these sections. */
export async function listNamed(db: Db, sectionIds: readonly string[]): Promise<Named[]> {
	const rows = await db
		.selectFrom('responder')
		.select(['id', 'section_id', 'step', 'centre_id', 'account_id', 'channel'])
		.where('section_id', 'in', sectionIds)
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		...{ id: row.id, sectionId: row.section_id, step: row.step },
		...{ centreId: row.centre_id, accountId: row.account_id, channel: row.channel }
	}));
}

/** Who of the accounts ran which of the sessions, by session. */
export async function listRan(
	db: Db,
	sessionIds: readonly string[],
	accountIds: readonly string[]
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
	if (sessionIds.length === 0 || accountIds.length === 0) return new Map();
	const rows = await db
		.selectFrom(['session as of', 'account as who'])
		.select(['of.id', 'who.id as account_id'])
		.where('of.id', 'in', sessionIds)
		.where('who.id', 'in', accountIds)
		.where((eb) => ran(eb.ref('of.id'), eb.ref('who.id')))
		.execute();
	return byId(rows);
}

/** Who of the accounts ever ran a session at the centre of which of the complaints about staff, by complaint. */
export async function listRanThere(
	db: Db,
	complaintIds: readonly string[],
	accountIds: readonly string[]
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
	if (complaintIds.length === 0 || accountIds.length === 0) return new Map();
	const rows = await db
		.selectFrom(['concern', 'account as who'])
		.select(['concern.id', 'who.id as account_id'])
		.where('concern.id', 'in', complaintIds)
		.where('concern.is_about_staff', '=', 1)
		.where('who.id', 'in', accountIds)
		.where((eb) => hasRunAt(eb.ref('concern.centre_id'), eb.ref('who.id')))
		.execute();
	return byId(rows);
}

function byId(
	rows: readonly { id: string; account_id: string }[]
): ReadonlyMap<string, ReadonlySet<string>> {
	const found = Map.groupBy(rows, ({ id }) => id);
	return new Map(
		[...found].map(([id, ofIt]) => [id, new Set(ofIt.map(({ account_id }) => account_id))])
	);
}
