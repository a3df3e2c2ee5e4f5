import { beforeAll, describe, expect, it } from 'vitest';
import type { NewRow, Tables } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addCohort, addSession, addTarget, NOW } from '#tests/factories/rows.ts';

/** What a row may point to: of its own section, or of another. */
interface Section extends Setting {
	account: string;
	cohort: string;
	target: string;
	session: string;
	cycle: Awaited<ReturnType<typeof aCycle>>;
}

let fresh: FreshDatabase;
let own: Section;
let other: Section;
beforeAll(async () => {
	fresh = await freshDatabase();
	[own, other] = [await aSection(), await aSection()];
});

async function aSection(): Promise<Section> {
	const setting = await aSetting(fresh);
	const cycle = await aCycle(fresh, setting);
	return {
		...setting,
		cycle,
		account: (await addAccount(fresh, { sectionId: setting.sectionId })).id,
		cohort: await addCohort(fresh, setting),
		target: await addTarget(fresh, { section_id: setting.sectionId }),
		session: await addSession(fresh, cycle, { date: '2026-05-05' })
	};
}

const here = () => ({ section_id: own.sectionId });
const target = () => ({
	...here(),
	id: newId(),
	name_texts: '{}',
	starts_on: '2026-01-01',
	ends_on: '2026-12-31',
	people_count: 1,
	is_example: 0
});

/** Rows of one's own section, each pointing at something of the section given. */
const ROWS: {
	[T in keyof Tables]?: Record<string, (of: Section) => NewRow<T> | Promise<NewRow<T>>>;
} = {
	account_centre: {
		account_id: ({ account }) => ({ ...here(), account_id: account, centre_id: own.centreId }),
		centre_id: ({ centreId }) => ({ ...here(), account_id: own.manager.id, centre_id: centreId })
	},
	closed_day: {
		centre_id: ({ centreId }) => ({
			...here(),
			id: newId(),
			centre_id: centreId,
			on_date: '2026-05-05',
			name_texts: '{}',
			certainty: 'confirmed',
			source: 'admin'
		})
	},
	target: {
		centre_id: ({ centreId }) => ({ ...target(), centre_id: centreId, parent_id: null }),
		parent_id: (of) => ({ ...target(), centre_id: null, parent_id: of.target })
	},
	opening_balance: {
		target_id: (of) => ({
			...here(),
			id: newId(),
			target_id: of.target,
			people_count: 1,
			as_of: null,
			source_texts: '{}'
		})
	},
	cohort_facilitator: {
		account_id: ({ account }) => ({ ...here(), cohort_id: own.cohort, account_id: account })
	},
	session_facilitator: {
		account_id: ({ account }) => ({ ...here(), session_id: own.session, account_id: account })
	},
	cycle: {
		planned_by: async ({ account }) => ({
			...(await copy('cycle', own.cycle.cycleId)),
			planned_by: account
		})
	},
	session: {
		recorded_by: async ({ account }) => ({
			...(await copy('session', own.session)),
			position: 2,
			recorded_by: account,
			recorded_at: NOW
		})
	}
};

async function copy<T extends 'cycle' | 'session'>(table: T, id: string): Promise<NewRow<T>> {
	const row = await fresh.db
		.selectFrom(table as 'session')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return { ...row, id: newId() } as never;
}

describe.each(Object.entries(ROWS))('a %s', (table, columns) => {
	const insert = async (row: unknown) =>
		fresh.db
			.insertInto(table as 'session')
			.values((await row) as never)
			.execute();

	it.each(Object.entries(columns))('may not point into another section: %s', async (_, row) => {
		await expect(insert(row(other))).rejects.toThrow(/foreign key/i);
		await insert(row(own));
	});
});
