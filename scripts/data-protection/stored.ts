/** Whom the rows of a table tell of. */
export type Of = 'people' | 'children, nobody’s' | 'staff' | 'outside' | 'work';

interface Stored {
	of: Of;
	why: string;
	kept: string;
	/** What becomes of it when somebody is erased, where no foreign key says it. */
	erased?: string;
}

const work = (why: string): Stored => ({ of: 'work', why, kept: '' });

/** Goes by itself where the section has switched it on. */
const OF_SECTION = (period: string) => `${period}, where switched on`;
const REGISTER = OF_SECTION('a year after the year of the last attendance');
const ACCOUNT = 'as long as the account';

/** Every table: why it is there and how long its rows are kept. A table without a line fails a test. */
export const STORED: Readonly<Record<string, Stored>> = {
	person: {
		...{ of: 'people', why: 'to know who takes part, each once', kept: REGISTER },
		erased: 'becomes a row without a name: sex, year of birth, centre, population group'
	},
	person_name_key: { of: 'people', why: 'to find sealed names', kept: 'as the person' },
	guardian: {
		...{ of: 'people', why: 'to reach who is responsible, safely' },
		kept: OF_SECTION('six months after the last cohort')
	},
	caregiver: {
		of: 'people',
		why: 'to count mothers and daughters as pairs',
		kept: 'as the person'
	},
	cohort_member: { of: 'people', why: 'to plan, and to know who should be there', kept: REGISTER },
	waiting_place: { of: 'people', why: 'who waits for a place of a cohort', kept: REGISTER },
	consent: { of: 'people', why: 'who agreed to what, and who said so', kept: 'as the person' },
	unaccompanied: { of: 'people', why: 'who may agree for a child', kept: 'as the person' },
	mark: { of: 'people', why: 'attendance: reach and completion', kept: REGISTER },
	reached_person: { of: 'people', why: 'to count each person once', kept: 'as the marks' },
	published_person: {
		...{ of: 'people', why: 'so that nobody is published twice', kept: 'as the published totals' }
	},
	person_merge: { of: 'people', why: 'to take a merge apart', kept: 'as the person' },
	person_merge_row: {
		...{ of: 'people', why: 'what was before a merge', kept: 'as the person' },
		erased: 'goes'
	},
	pair_decision: { of: 'people', why: 'not to ask twice about two people', kept: 'as the person' },
	possible_pair: { of: 'people', why: 'possible duplicates', kept: 'until compared again' },
	changed_person: { of: 'people', why: 'who is to be compared', kept: 'minutes' },
	import: {
		of: 'people',
		why: 'a list that came in',
		kept: 'the file three days, its numbers always'
	},
	import_row: { of: 'people', why: 'rows of a list that waits', kept: 'three days' },
	import_change: {
		...{ of: 'people', why: 'to take a list back', kept: 'thirty days' },
		erased: 'what is about them goes'
	},
	undo: {
		...{ of: 'people', why: 'to take a change back', kept: 'a day' },
		erased: 'what is about them goes'
	},
	kept_form: {
		...{ of: 'people', why: 'a form typed while a login ran out', kept: 'a day' },
		erased: 'what is about them goes'
	},
	erasure: { of: 'people', why: 'to confirm an erasure, then its receipt', kept: 'always' },
	erased_person: {
		...{ of: 'people', why: 'so that no backup brings anybody back', kept: 'always' },
		erased: 'stays: an id nothing else has'
	},
	concern: {
		...{ of: 'people', why: 'a child wants to talk, or staff are worried' },
		...{
			kept: 'ninety days after closing',
			erased: 'no link to the register; the name goes when it closes'
		}
	},
	concern_count: { of: 'children, nobody’s', why: 'how many concerns there were', kept: 'always' },
	feedback_ballot: { of: 'children, nobody’s', why: 'answers while a code is open', kept: 'hours' },
	feedback_count: {
		of: 'children, nobody’s',
		why: 'what answers said, counted',
		kept: OF_SECTION('five years')
	},
	feedback_words: {
		of: 'children, nobody’s',
		why: 'what children wrote',
		kept: OF_SECTION('five years')
	},
	feedback_code: {
		of: 'staff',
		why: 'who opened a code for answers',
		kept: OF_SECTION('five years')
	},
	feedback_vouch: {
		of: 'staff',
		why: 'who said how many answered',
		kept: OF_SECTION('five years')
	},
	word_handover: { of: 'staff', why: 'that words were handed over', kept: 'ninety days' },
	word_reader: { of: 'staff', why: 'who reads children’s words', kept: ACCOUNT },
	account: { of: 'staff', why: 'to log in', kept: 'as long as somebody needs what it signed' },
	account_role: { of: 'staff', why: 'who may do what, where', kept: ACCOUNT },
	past_role: {
		of: 'staff',
		why: 'who worked where: they read no complaint about it',
		kept: ACCOUNT
	},
	account_link: { of: 'staff', why: 'to choose a password', kept: 'until used or expired' },
	account_code: { of: 'staff', why: 'second step of the login', kept: ACCOUNT },
	recovery_code: { of: 'staff', why: 'second step without the phone', kept: ACCOUNT },
	login_session: { of: 'staff', why: 'who is logged in', kept: 'a day after it ends' },
	login_attempt: { of: 'staff', why: 'to slow guesses of passwords', kept: 'a day' },
	audit: {
		of: 'staff',
		why: 'who did what; ids and names of fields',
		kept: OF_SECTION('two years')
	},
	once: { of: 'staff', why: 'so that a form sent twice counts once', kept: 'thirty days' },
	session: {
		of: 'staff',
		why: 'what is planned and who recorded it',
		kept: 'project and donor term'
	},
	session_facilitator: { of: 'staff', why: 'who runs a session', kept: 'project and donor term' },
	cohort_facilitator: { of: 'staff', why: 'who runs a cohort', kept: 'project and donor term' },
	plan_change: {
		of: 'staff',
		why: 'why sessions moved, and who moved them',
		kept: 'project and donor term'
	},
	changed_session: {
		of: 'staff',
		why: 'what a session was before and after',
		kept: 'project and donor term'
	},
	change_notice: { of: 'staff', why: 'whom a change concerns', kept: 'as the change' },
	paper_entry: { of: 'staff', why: 'who typed sheets in, and how many', kept: 'as the code' },
	file: {
		...{ of: 'staff', why: 'evidence and pictures, and who uploaded them' },
		kept: 'until nothing points to it'
	},
	substitute: { of: 'staff', why: 'who stands in', kept: 'project and donor term' },
	alert_confirmation: { of: 'staff', why: 'that an alert reaches somebody', kept: ACCOUNT },
	alert: { of: 'staff', why: 'to tell somebody once', kept: 'days' },
	responder: {
		of: 'outside',
		why: 'who is told when focal points do not come',
		kept: 'until removed'
	},
	help_entry: { of: 'outside', why: 'whom to turn to: public numbers', kept: 'until removed' },
	alert_clock: work('what waits, of nobody'),
	section: work('the organisation'),
	setup_link: work('to set an organisation up'),
	installation: work('proves the key ring'),
	job: work('work nobody asks for'),
	body: work('organisations beside it'),
	body_kind: work('what they are to it'),
	centre: work('where it works'),
	room: work('where sessions are'),
	closed_day: work('when they are not'),
	cohort: work('groups'),
	curriculum: work('what is taught'),
	curriculum_version: work('its versions'),
	curriculum_module: work('its parts'),
	session_plan: work('its sessions'),
	plan_activity: work('what is done in them'),
	cycle: work('a curriculum in a cohort'),
	slot: work('double bookings'),
	indicator: work('what is counted'),
	target: work('how much is meant to be'),
	target_group: work('of whom'),
	target_change: work('what was changed, and why'),
	opening_balance: work('what was counted before'),
	count_lock: work('one count at a time'),
	reached_session: work('kept counts'),
	reached_centre: work('kept counts'),
	reached_target: work('kept counts'),
	report_setting: work('how a report is called'),
	snapshot: work('what was published'),
	snapshot_cell: work('its protected numbers'),
	snapshot_total: work('its running totals'),
	roadmap: work('plans of a project'),
	roadmap_outcome: work('its outcomes'),
	milestone: work('its milestones'),
	milestone_after: work('their order'),
	milestone_target: work('what reaches them'),
	milestone_cycle: work('what serves them'),
	milestone_override: work('what was said of one'),
	activity: work('its activities'),
	date_change: work('dates that moved'),
	evidence_link: work('what shows it'),
	suggestion: work('what partners suggest'),
	unplanned_cycle: work('why a cycle serves none'),
	import_mapping: work('columns of lists'),
	wording: work('texts corrected'),
	wording_text: work('texts corrected'),
	wording_check: work('who checked texts'),
	consent_setting: work('what is asked before'),
	consent_text: work('with which words'),
	asked_version: work('what children are asked'),
	project: work('who pays for what'),
	project_body: work('with whom'),
	project_section: work('where'),
	project_cycle: work('its cycles'),
	project_target: work('its targets'),
	project_milestone: work('its milestones'),
	retention_period: work('how long what is kept'),
	retention_run: work('what went by itself')
};

/** Columns that tell something of whom the row is about. Sealed ones need no word, their name says it. */
export const PERSONAL: readonly string[] = [
	...['sex', 'birth_year', 'birth_month', 'birth_year_from_age', 'population_group', 'language'],
	...['added_on', 'erased_on', 'cared_for_someone', 'relation', 'contact_way', 'safe_from'],
	...[
		'safe_until',
		'joined_on',
		'left_on',
		'joined_why',
		'left_why',
		'purpose',
		'giver',
		'said',
		'spoken',
		'times_count',
		'code_index',
		'name_key'
	],
	...[
		'code',
		'key',
		'match_key',
		'kept_before',
		'merged_before',
		'urgency',
		'consent',
		'is_wish_asked'
	],
	...['email_index', 'locale', 'theme', 'role', 'phone', 'chat', 'year', 'removed']
];

/** Columns that tell of the work and of nobody, by name or by the end of it. */
export const NEUTRAL: readonly (string | RegExp)[] = [
	/^id$|_id$|^(id|token|code|password)_hash$|^(stem|former)_id$/,
	/_at$|_on$|_by$|_texts$|_count$|_pct$|^is_|_json$/,
	/^(starts|ends)_(before|after)$/,
	/^merged_into$|^copied_from$/,
	...['action', 'activity', 'activityinfo_code', 'actor_kind', 'address', 'adm1_pcode'],
	...['adm2_pcode', 'age_band', 'age_from', 'age_to', 'amount', 'answer', 'as_of', 'asks_words'],
	...['at', 'audience', 'bucket', 'capacity', 'certainty', 'channel', 'closed_weekdays'],
	...['command', 'country', 'counts', 'decision', 'dhis2_code', 'digest', 'disaggregation'],
	...['failure', 'field_names', 'fingerprint', 'first_code', 'form', 'from_children'],
	...['handover_channel', 'headcount', 'holder', 'iati_code', 'indicator', 'input_mac'],
	...['interval_ms', 'item', 'kind', 'languages', 'last_step', 'layer', 'layout', 'lease_until'],
	...['length', 'measure', 'minutes', 'mode', 'month', 'months', 'name', 'new_numbers', 'number'],
	...[
		'object_type',
		'old_numbers',
		'on_date',
		'outcome',
		'outdated',
		'path',
		'period',
		'picture',
		'plan'
	],
	...['position', 'prints', 'problems', 'reason', 'resource', 'revision', 'round', 'row_number'],
	...['rule_version', 'seq', 'sheet', 'since_year', 'slot', 'source', 'stage', 'start_time'],
	...['state', 'status', 'step', 'strand', 'subject', 'table_name', 'text', 'twin_position'],
	...['type', 'unit', 'uses', 'verdict', 'version', 'week_starts_on', 'weekdays', 'zeros_hidden'],
	...['zone', 'content', 'nth', 'purposes', 'on_missing', 'own_age', 'valid_months', 'reader'],
	...['body', 'sha256', 'size_bytes', 'countries', 'part', 'shows_roadmaps', 'shows_targets'],
	...['stayed', /^(status|date|time|minutes|room|mode|staff|version)_(before|after)$/]
];
