import type { NotNull } from 'kysely';
import { withHalvesOnce } from '#lib/features/sessions/strands.rules.ts';
import { reachesCentre } from '#lib/platform/access/actor.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { known, SESSION_STATUSES, STRANDS } from '#lib/platform/db/vocabularies.ts';
import type { KeptFile } from '#lib/platform/files/rows.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, type Texts } from '#lib/platform/i18n/texts.ts';
import type { Reader } from '#lib/platform/command/reader.ts';
import { readOutcomes, roadmapsInReach, sightOf } from './outcomes.queries.server.ts';
import { listAfter, listChanges, listEvidence } from './history.queries.server.ts';
import type { LinkedCycle, Receipt, ReceiptSession } from './types.ts';

/**
 * A milestone with what its percent is made of; undefined when it is out of reach. A manager sees every
 * linked session by name, a coordinator those of own centres, partners and the network none: the others
 * are counted.
 */
export async function findReceipt(
	reader: Reader,
	id: string,
	locale: Locale
): Promise<Receipt | undefined> {
	const row = await roadmapsInReach(reader)
		.innerJoin('roadmap_outcome as outcome', 'outcome.roadmap_id', 'roadmap.id')
		.innerJoin('milestone', 'milestone.outcome_id', 'outcome.id')
		.select([
			'outcome.name_texts as outcome_texts',
			'milestone.evidence_texts',
			'milestone.confirmed_by',
			'milestone.version'
		])
		.where('milestone.id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;
	const today = dateIn(row.zone, reader.now);
	const outcomes = await readOutcomes(
		sightOf(reader),
		[row.id],
		new Map([[row.id, today]]),
		locale
	);
	const milestone = outcomes.flatMap(({ milestones }) => milestones).find((one) => one.id === id);
	if (!milestone) return undefined;
	const cycles = await linkedCycles(reader.db, id, locale);
	const known = cycles.filter(({ centreId }) => knowsCentre(reader, centreId));
	const sessions = await linkedSessions(reader.db, cycles, id);
	return {
		...milestone,
		version: row.version,
		changes: await listChanges(reader.db, milestone, locale),
		evidenceLinks: await listEvidence(reader.db, milestone, locale),
		after: await listAfter(reader, id, locale),
		roadmap: {
			id: row.id,
			name: textIn(row.name_texts, locale),
			section: textIn(row.section_texts, locale),
			zone: row.zone,
			today
		},
		outcome: textIn(row.outcome_texts, locale),
		evidence: row.evidence_texts === null ? null : asWritten(row.evidence_texts, locale),
		confirmedBy: row.confirmed_by,
		cycles: known.map(({ centreId: _, ...cycle }) => cycle),
		sessions: sessions.filter(({ cycleId }) => known.some(({ id }) => id === cycleId)),
		thread: withHalvesOnce(sessions).map(({ status, date }) => ({ status, passed: date < today })),
		otherCycleCount: cycles.length - known.length
	};
}

/** A file of evidence as it is sent, to whoever sees it on the milestone's page; undefined for anybody else. */
export async function findEvidenceFile(
	reader: Reader,
	id: string,
	locale: Locale
): Promise<(KeptFile & { title: string }) | undefined> {
	const row = await reader.db
		.selectFrom('evidence_link as evidence')
		.innerJoin('file', 'file.id', 'evidence.file_id')
		.select(['evidence.milestone_id', 'file.sha256', 'file.type', 'file.size_bytes'])
		.where('evidence.id', '=', id)
		.executeTakeFirst();
	const receipt = row && (await findReceipt(reader, row.milestone_id, locale));
	const shown = receipt?.evidenceLinks.find((one) => one.id === id);
	return (
		shown && { sha256: row!.sha256, type: row!.type, bytes: row!.size_bytes, title: shown.name }
	);
}

/** Whether this reader may know a centre's cohorts and sessions by name. */
function knowsCentre(reader: Reader, centreId: string): boolean {
	if (!('scope' in reader) || reader.scope.totalsOnly) return false;
	return reachesCentre(reader.scope, centreId);
}

async function linkedCycles(
	db: Db,
	milestoneId: string,
	locale: Locale
): Promise<(LinkedCycle & { centreId: string })[]> {
	const rows = await db
		.selectFrom('milestone_cycle as link')
		.innerJoin('cycle', 'cycle.id', 'link.cycle_id')
		.innerJoin('cohort', 'cohort.id', 'cycle.cohort_id')
		.innerJoin('centre', 'centre.id', 'cycle.centre_id')
		.innerJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.select([
			'cycle.id',
			'cycle.starts_on',
			'cycle.ends_on',
			'cycle.centre_id',
			'cohort.name_texts as cohort_texts',
			'centre.name_texts as centre_texts',
			'curriculum.name_texts as curriculum_texts'
		])
		.where('link.milestone_id', '=', milestoneId)
		.orderBy('cycle.starts_on')
		.orderBy('cycle.id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		cohort: textIn(row.cohort_texts, locale),
		centre: textIn(row.centre_texts, locale),
		centreId: row.centre_id,
		curriculum: textIn(row.curriculum_texts, locale),
		startsOn: row.starts_on,
		endsOn: row.ends_on
	}));
}

async function linkedSessions(
	db: Db,
	cycles: readonly LinkedCycle[],
	milestoneId: string
): Promise<ReceiptSession[]> {
	const rows = await db
		.selectFrom('session')
		.innerJoin('milestone_cycle as link', 'link.cycle_id', 'session.cycle_id')
		.select([
			'session.id',
			'session.cycle_id',
			'session.on_date',
			'session.start_time',
			'session.minutes',
			'session.status',
			'session.position',
			'session.strand'
		])
		.where('link.milestone_id', '=', milestoneId)
		.where('session.status', '<>', 'draft')
		.$narrowType<{ cycle_id: NotNull }>()
		.orderBy('session.on_date')
		.orderBy('session.start_time')
		.orderBy('session.id')
		.execute();
	return rows.flatMap((row) => {
		const cycle = cycles.find(({ id }) => id === row.cycle_id);
		if (!cycle) return []; // linked between the two questions
		const { cohort, centre } = cycle;
		return {
			id: row.id,
			cycleId: row.cycle_id,
			cohort,
			centre,
			date: row.on_date,
			time: row.start_time,
			minutes: row.minutes,
			status: known(SESSION_STATUSES, row.status),
			position: row.position,
			strand: known(STRANDS, row.strand)
		};
	});
}

/** A typed text with the language it is in. */
function asWritten(json: string, locale: Locale): { text: string; language: string } {
	const text = textIn(json, locale);
	const texts = Object.entries(JSON.parse(json) as Texts);
	return { text, language: texts.find(([, one]) => one === text)?.[0] ?? locale };
}
