import type { Tables } from '../../src/lib/platform/db/schema.ts';

/**
 * The law of ownership: the rows of a table are written by one feature, or by the platform, and by nobody else.
 * Others call the owner's commands, on their own transaction. Reading is free.
 */
export const OWNERS: Record<keyof Tables, string> = {
	...ownedBy('platform', [
		...(['installation', 'audit', 'undo', 'job', 'once', 'kept_form', 'file'] as const),
		...([
			'account',
			'account_role',
			'past_role',
			'account_link',
			'account_code',
			'recovery_code'
		] as const),
		...(['login_session', 'login_attempt'] as const)
	]),
	...ownedBy('centres', ['centre', 'room', 'closed_day']),
	...ownedBy('directory', ['help_entry']),
	...ownedBy('organisation', ['section', 'setup_link', 'body', 'body_kind']),
	...ownedBy('people', ['person', 'person_name_key', 'guardian', 'caregiver', 'changed_person']),
	...ownedBy('consent', ['consent_setting', 'consent_text', 'consent', 'unaccompanied']),
	...ownedBy('curricula', [
		'curriculum',
		'curriculum_version',
		'curriculum_module',
		'session_plan',
		'plan_activity'
	]),
	...ownedBy('alerts', ['responder', 'alert_clock', 'alert', 'alert_confirmation']),
	...ownedBy('safeguarding', ['concern', 'concern_count']),
	...ownedBy('counts', ['reached_person', 'reached_session', 'reached_centre', 'reached_target']),
	...ownedBy('counts', ['count_lock']),
	...ownedBy('projects', ['project', 'project_body', 'project_section']),
	...ownedBy('projects', ['project_cycle', 'project_target', 'project_milestone']),
	...ownedBy('cohorts', ['cohort', 'cohort_member', 'waiting_place', 'cohort_facilitator']),
	...ownedBy('sessions', ['cycle', 'session', 'session_facilitator', 'substitute', 'slot']),
	...ownedBy('changes', ['plan_change', 'changed_session', 'change_notice']),
	...ownedBy('attendance', ['mark']),
	...ownedBy('merging', ['person_merge', 'person_merge_row', 'possible_pair', 'pair_decision']),
	...ownedBy('imports', ['import', 'import_row', 'import_change', 'import_mapping']),
	...ownedBy('wording', ['wording', 'wording_text', 'wording_check']),
	...ownedBy('asking', ['asked_version']),
	...ownedBy('feedback', ['feedback_code', 'paper_entry', 'feedback_vouch', 'feedback_ballot']),
	...ownedBy('feedback', ['feedback_count', 'feedback_words', 'word_reader', 'word_handover']),
	...ownedBy('targets', ['indicator', 'target', 'opening_balance', 'target_change']),
	...ownedBy('targets', ['target_group']),
	...ownedBy('publishing', ['report_setting', 'snapshot', 'snapshot_cell', 'snapshot_total']),
	...ownedBy('publishing', ['published_person']),
	...ownedBy('roadmap', ['roadmap', 'roadmap_outcome', 'milestone', 'activity', 'milestone_cycle']),
	...ownedBy('roadmap', ['milestone_target', 'milestone_after', 'milestone_override']),
	...ownedBy('erasure', ['erasure', 'erased_person', 'retention_period', 'retention_run']),
	...ownedBy('roadmap', ['date_change', 'evidence_link', 'suggestion', 'unplanned_cycle'])
};

/** Files that write many tables alike, each with the reason why that is no owner's business. */
const GENERIC: readonly (readonly [file: RegExp, why: string])[] = [
	[
		/^src\/lib\/features\/imports\/([\w-]+\/)*ledger[\w.-]*\.server\.ts$/,
		'taking an import back removes and restores rows as they stood, whatever their tables are'
	],
	[
		/^src\/lib\/features\/example\/(example|leaving)[\w.-]*\.server\.ts$/,
		'the example fills every table at once, and is deleted from every table again'
	],
	[
		/^src\/lib\/features\/counts\/recount[\w.-]*\.server\.ts$/,
		'a recount goes through the list of kept counts, all of them its own feature’s'
	],
	[
		/^src\/lib\/features\/erasure\/tables\.commands\.server\.ts$/,
		'erasing somebody empties or removes rows of every table that names people, whatever they are'
	],
	[
		/^src\/lib\/platform\/login\/set-back\.ts$/,
		'a clock that was set back shortens links of every kind, also of features the platform does not know'
	],
	[
		/^src\/lib\/platform\/(db|backup|crypto)\//,
		'tables are rebuilt, restored and sealed anew whole, whatever they hold'
	]
];

/** Writes of a file to tables it does not own, one sentence each. `owner` is its feature, or else its layer. */
export function strayWrites(path: string, source: string, owner: string): string[] {
	if (GENERIC.some(([file]) => file.test(path))) return [];
	return [...new Set(writtenTables(source))].flatMap((table) => {
		if (!isTable(table)) return [`${path} writes a table only known at run time: ${table}`];
		return OWNERS[table] === owner
			? []
			: [`${path} writes ${table}: that is ${OWNERS[table]}’s, call a command of theirs`];
	});
}

/** Names of tables as they stand in builder calls and in SQL; a name that is a variable, as far as its list is there. */
function writtenTables(source: string): string[] {
	const calls = source.matchAll(
		/\.(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*([^),\s]+)/g
	);
	const inserts = source.matchAll(/\binsertAll\(\s*[\w.]+,\s*([^),\s]+)/g);
	const statements = source.matchAll(
		/\b(?:insert\s+into|delete\s+from|replace\s+into)\s+("?\w+"?|\$\{[^}]*\})|\bupdate\s+("?\w+"?|\$\{[^}]*\})\s+set\b/g
	);
	return [
		...[...calls, ...inserts].flatMap(
			([, name = '']) => literal(name) ?? listed(source, name) ?? [name]
		),
		...[...statements].flatMap(([, first, second]) => (first ?? second ?? '').replaceAll('"', ''))
	];
}

/** `'mark'`, also under another name: `'mark as own'`. */
function literal(name: string): string[] | null {
	const quoted = /^['"`](\w+)/.exec(name)?.[1];
	return quoted === undefined ? null : [quoted];
}

/** The tables a loop over a list written out gives a variable. */
function listed(source: string, variable: string): string[] | null {
	const lists = source.matchAll(/for \(const (\w+) of \[([^\]]+)\] as const\)/g);
	const names = [...lists].flatMap(([, name, list = '']) =>
		name === variable ? list.split(',').map((one) => one.trim().replace(/^['"]|['"]$/g, '')) : []
	);
	return names.length > 0 ? names : null;
}

function isTable(name: string): name is keyof Tables {
	return Object.hasOwn(OWNERS, name);
}

function ownedBy<T extends keyof Tables>(owner: string, tables: readonly T[]): Record<T, string> {
	return Object.fromEntries(tables.map((table) => [table, owner])) as Record<T, string>;
}
