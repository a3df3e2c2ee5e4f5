import { beforeAll, describe, expect, it } from 'vitest';
import type { NewRow, Tables } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addActivity,
	addCohort,
	addIndicator,
	addMilestone,
	addPartner,
	addPerson,
	addRoadmap,
	addSession,
	addTarget,
	NOW
} from '#tests/factories/rows.ts';

/** What a row may point to: of its own section, or of another. */
interface Section extends Setting {
	account: string;
	cohort: string;
	target: string;
	indicator: string;
	session: string;
	module: string;
	code: string;
	cycle: Awaited<ReturnType<typeof aCycle>>;
	roadmap: string;
	outcome: string;
	milestone: string;
	/** Another milestone of it. */
	other: string;
	activity: string;
	partner: string;
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
	const section_id = setting.sectionId;
	const cycle = await aCycle(fresh, setting);
	const { roadmapId, outcomeId } = await addRoadmap(fresh, { section_id });
	const { id: module } = await fresh.db
		.selectFrom('curriculum_module')
		.select('id')
		.where('version_id', '=', cycle.versionId)
		.executeTakeFirstOrThrow();
	const milestone = await addMilestone(fresh, { section_id, outcome_id: outcomeId });
	const made = {
		...setting,
		cycle,
		module,
		roadmap: roadmapId,
		outcome: outcomeId,
		milestone,
		other: await addMilestone(fresh, { section_id, outcome_id: outcomeId }),
		activity: await addActivity(fresh, { section_id, milestone_id: milestone }),
		partner: await addPartner(fresh, section_id),
		account: (await addAccount(fresh, { sectionId: setting.sectionId })).id,
		cohort: await addCohort(fresh, setting),
		target: await addTarget(fresh, { section_id: setting.sectionId }),
		indicator: await addIndicator(fresh, setting.sectionId),
		session: await addSession(fresh, cycle, { date: '2026-05-05' })
	};
	const answered = await addSession(fresh, cycle, { date: '2026-05-08' });
	return { ...made, code: await addCode({ ...made, code: '' }, answered) };
}

const here = () => ({ section_id: own.sectionId });
const aMilestone = () => addMilestone(fresh, { ...here(), outcome_id: own.outcome });
const ofMilestone = () => ({
	...here(),
	id: newId(),
	milestone_id: own.milestone,
	activity_id: null
});
const dateChange = () => ({
	...ofMilestone(),
	...{ starts_before: '2026-01-01', ends_before: '2026-02-01' },
	...{ starts_after: '2026-01-01', ends_after: '2026-03-01' },
	...{ reason_texts: '{}', changed_by: own.account, changed_at: NOW }
});
const evidence = () => ({
	...ofMilestone(),
	...{ name_texts: '{}', address: 'https://example.org/', added_by: own.account, added_at: NOW }
});
const suggestion = () => ({
	...ofMilestone(),
	...{ body_id: own.partner, starts_on: null, ends_on: null, words_texts: '{}' },
	...{ made_by: own.account, made_at: NOW },
	...{ decision: null, answer_texts: null, decided_by: null, decided_at: null }
});
const target = () => ({
	...here(),
	id: newId(),
	name_texts: '{}',
	starts_on: '2026-01-01',
	ends_on: '2026-12-31',
	amount: 1,
	is_example: 0
});

const change = () => ({
	...{ ...here(), id: newId(), target_id: own.target, old_numbers: '{}', new_numbers: '{}' },
	...{ reason: '', proposed_by: own.account, proposed_at: NOW, took_effect_at: NOW }
});

const CODE = {
	length: 'pulse' as const,
	opened_at: NOW,
	closed_at: null,
	started_count: 0
};
const code = () => ({ ...CODE, ...here(), id: newId(), code: newId() });
const vouch = () => ({
	...here(),
	answered_count: 6,
	vouched_by: own.manager.id,
	vouched_on: '2026-05-06'
});
const pairIn = async (section: Section) => ({
	...here(),
	child_id: await addPerson(fresh, section),
	caregiver_id: await addPerson(fresh, section),
	relation: 'mother' as const
});
const milestone = () => ({
	...here(),
	id: newId(),
	position: (position += 1),
	kind: 'checkpoint' as const,
	name_texts: '{}',
	starts_on: '2026-01-01',
	due_on: '2026-12-31',
	from_children: 0,
	is_example: 0,
	version: 1
});
/** Ended, so that several may point at the same session. */
const substitute = () => ({
	...here(),
	id: newId(),
	session_id: own.session,
	account_id: own.karim.id,
	for_account_id: own.rana.id,
	opens_at: 0,
	closes_at: 1,
	made_by: own.rana.id,
	made_at: NOW,
	ended_at: NOW
});
/** Unique among its siblings, whichever those are. */
let position = 100;

/** Rows of one's own section, each pointing at something of the section given. */
const ROWS: {
	[T in keyof Tables]?: Record<string, (of: Section) => NewRow<T> | Promise<NewRow<T>>>;
} = {
	account_role: {
		account_id: ({ account }) => ({
			...{ ...here(), account_id: account, role: 'facilitator', centre_id: own.centreId }
		}),
		centre_id: ({ centreId }) => ({
			...{ ...here(), account_id: own.manager.id, role: 'facilitator', centre_id: centreId }
		}),
		body_id: ({ partner }) => ({
			...{ ...here(), account_id: own.manager.id, role: 'partner', body_id: partner }
		})
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
		parent_id: (of) => ({ ...target(), centre_id: null, parent_id: of.target }),
		indicator_id: (of) => ({
			...{ ...target(), centre_id: null, parent_id: null, indicator_id: of.indicator }
		})
	},
	target_change: {
		target_id: (of) => ({ ...change(), target_id: of.target }),
		proposed_by: ({ account }) => ({ ...change(), proposed_by: account }),
		confirmed_by: ({ account }) => ({ ...change(), confirmed_by: account, confirmed_at: NOW })
	},
	target_group: {
		target_id: (of) => ({
			...{ ...here(), id: newId(), target_id: of.target, sex: 'f', age_from: null },
			...{ age_to: null, population_group: null, amount: 1 }
		})
	},
	opening_balance: {
		target_id: (of) => ({
			...here(),
			id: newId(),
			target_id: of.target,
			amount: 1,
			as_of: null,
			source_texts: '{}'
		})
	},
	feedback_code: {
		opened_by: ({ account }) => ({ ...code(), session_id: own.session, opened_by: account }),
		session_id: async ({ cycle, session }) => ({
			...code(),
			opened_by: own.account,
			session_id:
				session === own.session ? await addSession(fresh, cycle, { date: '2026-05-06' }) : session
		})
	},
	feedback_vouch: {
		code_id: ({ code }) => ({ ...vouch(), code_id: code }),
		vouched_by: async ({ account }) => ({
			...vouch(),
			code_id: await addCode(own, await addSession(fresh, own.cycle, { date: '2026-05-11' })),
			vouched_by: account
		})
	},
	caregiver: {
		child_id: async (of) => ({ ...(await pairIn(own)), child_id: await addPerson(fresh, of) }),
		caregiver_id: async (of) => ({
			...(await pairIn(own)),
			caregiver_id: await addPerson(fresh, of)
		})
	},
	concern: {
		centre_id: ({ centreId }) => ({
			...here(),
			id: newId(),
			session_id: null,
			centre_id: centreId,
			noticed_at: NOW,
			raised_at: NOW,
			taken_by: null
		}),
		session_id: ({ session }) => ({
			...here(),
			id: newId(),
			session_id: session,
			noticed_at: NOW,
			raised_at: NOW,
			taken_by: null
		}),
		taken_by: ({ account }) => ({
			...here(),
			id: newId(),
			session_id: own.session,
			noticed_at: NOW,
			raised_at: NOW,
			taken_by: account
		})
	},
	roadmap_outcome: {
		roadmap_id: ({ roadmap }) => ({
			...here(),
			id: newId(),
			roadmap_id: roadmap,
			position: 9,
			name_texts: '{}'
		})
	},
	milestone: {
		outcome_id: ({ outcome }) => ({ ...milestone(), outcome_id: outcome }),
		body_id: ({ partner }) => ({ ...milestone(), outcome_id: own.outcome, body_id: partner })
	},
	activity: {
		milestone_id: (of) => ({
			...here(),
			id: newId(),
			milestone_id: of.milestone,
			position: 9,
			name_texts: '{}',
			starts_on: '2026-01-01',
			ends_on: '2026-12-31',
			body_id: null
		})
	},
	milestone_target: {
		target_id: async ({ target }) => ({
			...here(),
			milestone_id: await aMilestone(),
			target_id: target
		})
	},
	milestone_after: {
		after_id: ({ milestone }) => ({ ...here(), milestone_id: own.other, after_id: milestone })
	},
	milestone_override: {
		set_by: async ({ account }) => ({
			...here(),
			milestone_id: await aMilestone(),
			...{ state: 'late', reason_texts: '{}', until_on: '2026-06-01' },
			...{ set_by: account, set_at: NOW }
		})
	},
	date_change: {
		milestone_id: ({ milestone }) => ({ ...dateChange(), milestone_id: milestone }),
		activity_id: ({ activity }) => ({ ...dateChange(), activity_id: activity }),
		changed_by: ({ account }) => ({ ...dateChange(), changed_by: account })
	},
	evidence_link: {
		milestone_id: ({ milestone }) => ({ ...evidence(), milestone_id: milestone }),
		activity_id: ({ activity }) => ({ ...evidence(), activity_id: activity }),
		added_by: ({ account }) => ({ ...evidence(), added_by: account })
	},
	suggestion: {
		milestone_id: ({ milestone }) => ({ ...suggestion(), milestone_id: milestone }),
		activity_id: ({ activity }) => ({ ...suggestion(), activity_id: activity }),
		body_id: ({ partner }) => ({ ...suggestion(), body_id: partner }),
		made_by: ({ account }) => ({ ...suggestion(), made_by: account })
	},
	unplanned_cycle: {
		cycle_id: ({ cycle }) => ({
			...here(),
			cycle_id: cycle.cycleId,
			...{ reason: 'other', said_by: own.account, said_at: NOW }
		})
	},
	milestone_cycle: {
		cycle_id: ({ cycle }) => ({
			...here(),
			milestone_id: own.milestone,
			cycle_id: cycle.cycleId,
			linked_by: own.account,
			linked_at: NOW
		})
	},
	substitute: {
		session_id: async ({ cycle, session }) => ({
			...substitute(),
			session_id:
				session === own.session ? await addSession(fresh, cycle, { date: '2026-05-07' }) : session
		}),
		account_id: ({ account }) => ({ ...substitute(), account_id: account }),
		for_account_id: ({ account }) => ({ ...substitute(), for_account_id: account }),
		made_by: ({ account }) => ({ ...substitute(), made_by: account })
	},
	cohort_facilitator: {
		account_id: ({ account }) => ({
			...here(),
			cohort_id: own.cohort,
			account_id: account,
			from_on: '2026-05-01'
		})
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
			position: 9,
			recorded_by: account,
			recorded_at: NOW
		}),
		host_id: async ({ partner }) => ({
			...(await copy('session', own.session)),
			position: 10,
			host_id: partner
		})
	},
	body_kind: { body_id: ({ partner }) => ({ ...here(), body_id: partner, kind: 'funder' }) },
	guardian: {
		linked_person_id: async (of) => ({
			...here(),
			id: newId(),
			person_id: await addPerson(fresh, own),
			linked_person_id: await addPerson(fresh, of),
			name_sealed: 'x' as never,
			relation: 'mother',
			phone_sealed: null,
			contact_way: 'none',
			safe_from: null,
			safe_until: null
		})
	},
	curriculum_module: {
		version_id: ({ cycle }) => ({
			...here(),
			id: newId(),
			version_id: cycle.versionId,
			position: 9,
			name_texts: '{}'
		})
	},
	session_plan: {
		module_id: ({ module }) => ({
			...here(),
			id: newId(),
			version_id: own.cycle.versionId,
			position: (position += 1),
			module_id: module,
			title_texts: '{}',
			minutes: 60,
			picture: null
		})
	},
	person: {
		account_id: async ({ account }) => ({ ...(await aPerson()), account_id: account }),
		body_id: async ({ partner }) => ({ ...(await aPerson()), body_id: partner })
	}
};

const aPerson = async () => copy('person', await addPerson(fresh, own));

async function addCode(of: Section, session_id: string): Promise<string> {
	const made = { id: newId(), section_id: of.sectionId, session_id, opened_by: of.account };
	const row = { ...CODE, ...made, code: made.id };
	await fresh.db.insertInto('feedback_code').values(row).execute();
	return row.id;
}

async function copy<T extends 'account' | 'cycle' | 'person' | 'session'>(
	table: T,
	id: string
): Promise<NewRow<T>> {
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
