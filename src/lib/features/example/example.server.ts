import { weekdaysFrom } from '../../platform/clock/days.ts';
import { askedRows } from './asking.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { insertAll } from '../../platform/db/batches.ts';
import type { Db } from '../../platform/db/open.ts';
import type { NewRow, Tables } from '../../platform/db/schema.ts';
import { hashPassword } from '../../platform/login/passwords.ts';
import type { Centre, ClosedDay } from '../centres/types.ts';
import { countAll } from '#lib/features/counts/recount.commands.server.ts';
import { accountRoleRows, accountRows, confirmationRows, wordReaderRows } from './accounts.ts';
import { PASSWORD, SECTIONS } from './cast.ts';
import { centreRows, roomRows, ZONE } from './centres.ts';
import { consentRows, consentSettingRows, consentTextRows, guardianRows } from './consents.ts';
import { cohortFacilitatorRows, cohortRows, planCohorts } from './cohorts.ts';
import { COUNTRY_YEARS, countryCohorts, countryPeople, yearlyTargetRows } from './country.ts';
import {
	curriculumRows,
	moduleRows,
	planActivityRows,
	sessionPlanRows,
	versionRows
} from './curricula.ts';
import { changePlans } from './changes.ts';
import { layOut } from './cycles.ts';
import { erasureRows } from './erasures.ts';
import { listen } from './feedback.ts';
import { peopleFor, type People } from './people.ts';
import { grantTarget, projectRows } from './projects.ts';
import { publishExample } from './published.ts';
import { takeRegisters } from './registers.ts';
import { roadmapRows } from './roadmaps.ts';
import { closedDayRows, helpEntryRows, reportSettingRows, sectionRows } from './sections.ts';
import { indicatorRows, openingBalanceRows, targetRows } from './targets.ts';
import { targetChangeRows, targetGroupRows } from './target-versions.ts';
import { waitingRows } from './waiting.ts';

type Loaded = Exclude<
	keyof Tables,
	| 'account_link'
	| 'account_code'
	| 'recovery_code'
	| 'login_session'
	| 'setup_link'
	| 'installation'
	| 'login_attempt'
	| 'kept_form'
	| 'substitute'
	| 'feedback_ballot'
	| 'concern'
	| 'concern_count'
	| 'alert'
	| 'alert_clock'
	| 'responder'
	| 'audit'
	| 'once'
	| 'import'
	| 'import_row'
	| 'import_change'
	| 'import_mapping'
	| 'undo'
	| 'milestone_target'
	| 'milestone_after'
	| 'milestone_override'
	| 'date_change'
	| 'past_role' // nobody of it had another role before
	| 'evidence_link'
	| 'suggestion'
	| 'unplanned_cycle'
	| 'unaccompanied'
	| 'person_merge'
	| 'person_merge_row'
	| 'pair_decision'
	| 'reached_person' // counted from the registers, as the totals of them
	| 'reached_session'
	| 'reached_centre'
	| 'reached_target'
	| 'count_lock'
	| 'snapshot' // published like an organisation's own, once the counts are kept
	| 'snapshot_cell'
	| 'snapshot_total'
	| 'published_person'
	| 'file' // an example without its folder of files would lead to nothing
	| 'job'
	| 'possible_pair' // found by a job, as of every person who is new
	| 'word_handover'
	| 'paper_entry' // nobody has typed a sheet in
	| 'wording' // the example shows its children every language
	| 'wording_text'
	| 'wording_check'
	| 'changed_person'
	| 'erased_person' // beside the receipts of the example nobody was there
	| 'retention_run'
	| 'retention_period'
	| 'person_name_key' // filled at start, as for every person from before
>;
export type ExampleRows = { [T in Loaded]: NewRow<T>[] };

export interface ExampleOptions {
	/** The civil date everything is laid around, `YYYY-MM-DD`. */
	today: string;
	/** Of `PASSWORD`; made when left out (60 ms). */
	passwordHash?: string;
	/** `small` when left out; `country` adds five years of a whole country, 28,000 people. */
	size?: ExampleSize;
}

export const EXAMPLE_SIZES = ['small', 'country'] as const;
export type ExampleSize = (typeof EXAMPLE_SIZES)[number];

/**
 * Fills a migrated, empty database with the example organisation: the same rows and ids for the same
 * day, but for nonces and salt. One transaction; throws, and leaves nothing, when any of it is there already.
 */
export async function loadExample(db: Db, ring: KeyRing, options: ExampleOptions): Promise<void> {
	const passwordHash = options.passwordHash ?? (await hashPassword(PASSWORD));
	const rows = exampleRows(ring, options.today, passwordHash, options.size);
	await db.transaction().execute(async (trx) => {
		for (const table of Object.keys(rows) as Loaded[]) await insertAll(trx, table, rows[table]);
		await countAll(trx);
		await publishExample(trx, options.today);
	});
}

/** Every row of the example, by table, parents before children. */
export function exampleRows(
	ring: KeyRing,
	today: string,
	passwordHash: string,
	size: ExampleSize = 'small'
): ExampleRows {
	const isCountry = size === 'country';
	const known = planCohorts(today);
	const many = isCountry ? countryCohorts(today) : [];
	const plans = [...known, ...many];
	const closedDays = closedDayRows(today, isCountry ? COUNTRY_YEARS : 1);
	const few = peopleFor(known, ring, today);
	const people = together(few, countryPeople(many, ring, today));
	const laidOut = layOut(plans, centresOf(centreRows), closedDaysOf(closedDays), today);
	const changes = changePlans(laidOut, closedDays, ring, today);
	const marks = takeRegisters(laidOut.sessions, people.byCohort);
	const allRoadmaps = roadmapRows(today, laidOut.cycles);
	const { body, body_kind, ...roadmaps } = allRoadmaps;
	const projects = projectRows(today, allRoadmaps);
	const feedback = listen(plans, laidOut.sessions, marks, people.persons, ring, today);
	return {
		section: sectionRows,
		report_setting: reportSettingRows,
		centre: centreRows,
		room: roomRows,
		body: [...body, ...projects.body],
		body_kind: [...body_kind, ...projects.body_kind],
		project: projects.project,
		project_body: projects.project_body,
		project_section: projects.project_section,
		account: accountRows(ring, passwordHash, instantOf(today, '00:00', 'UTC')),
		account_role: accountRoleRows,
		alert_confirmation: confirmationRows(instantOf(today, '00:00', 'UTC')),
		closed_day: closedDays,
		help_entry: helpEntryRows,
		person: people.persons,
		caregiver: people.caregivers,
		guardian: guardianRows(ring),
		consent_setting: consentSettingRows,
		consent_text: consentTextRows,
		consent: consentRows(few, ring, today),
		curriculum: curriculumRows,
		curriculum_version: versionRows(today),
		curriculum_module: moduleRows,
		session_plan: sessionPlanRows,
		plan_activity: planActivityRows,
		cohort: cohortRows(plans),
		cohort_member: people.members,
		waiting_place: waitingRows(plans, people.byCohort, instantOf(today, '00:00', 'UTC')),
		cohort_facilitator: cohortFacilitatorRows(plans, today),
		cycle: laidOut.cycles,
		session: laidOut.sessions,
		session_facilitator: laidOut.facilitators,
		slot: laidOut.slots,
		...changes,
		mark: marks,
		asked_version: askedRows(today),
		feedback_code: feedback.codes,
		feedback_vouch: feedback.vouches,
		feedback_count: feedback.counts,
		word_reader: wordReaderRows,
		feedback_words: feedback.words,
		indicator: indicatorRows,
		target: [
			...targetRows(today, laidOut.sessions, marks),
			grantTarget(today),
			...(isCountry ? yearlyTargetRows(today) : [])
		],
		opening_balance: openingBalanceRows,
		erasure: erasureRows(today),
		target_group: targetGroupRows,
		target_change: targetChangeRows(today),
		...roadmaps,
		project_cycle: projects.project_cycle,
		project_target: projects.project_target,
		project_milestone: projects.project_milestone
	};
}

function together(a: People, b: People): People {
	return {
		persons: [...a.persons, ...b.persons],
		members: [...a.members, ...b.members],
		caregivers: [...a.caregivers, ...b.caregivers],
		byCohort: new Map([...a.byCohort, ...b.byCohort])
	};
}

function centresOf(rows: NewRow<'centre'>[]): Centre[] {
	return rows.map(({ id, closed_weekdays, opens_at, closes_at }) => ({
		id,
		name: '',
		zone: ZONE,
		closedWeekdays: weekdaysFrom(closed_weekdays),
		opensAt: opens_at,
		closesAt: closes_at
	}));
}

function closedDaysOf(rows: NewRow<'closed_day'>[]): ClosedDay[] {
	return rows
		.filter(({ section_id }) => section_id === SECTIONS.lebanon)
		.map(({ id, centre_id, on_date, certainty, source }) => ({
			id,
			centreId: centre_id ?? null,
			date: on_date,
			name: '',
			certainty,
			source
		}));
}
