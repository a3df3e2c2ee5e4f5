import type { Insertable, Selectable } from 'kysely';
import type { PlatformTables } from './tables/platform.ts';
import type { OrganisationTables } from './tables/organisation.ts';
import type { CentresTables } from './tables/centres.ts';
import type { DirectoryTables } from './tables/directory.ts';
import type { PeopleTables } from './tables/people.ts';
import type { ConsentTables } from './tables/consent.ts';
import type { CurriculaTables } from './tables/curricula.ts';
import type { AlertsTables } from './tables/alerts.ts';
import type { SafeguardingTables } from './tables/safeguarding.ts';
import type { CountsTables } from './tables/counts.ts';
import type { ProjectsTables } from './tables/projects.ts';
import type { CohortsTables } from './tables/cohorts.ts';
import type { SessionsTables } from './tables/sessions.ts';
import type { ChangesTables } from './tables/changes.ts';
import type { AttendanceTables } from './tables/attendance.ts';
import type { MergingTables } from './tables/merging.ts';
import type { ImportsTables } from './tables/imports.ts';
import type { AskingTables } from './tables/asking.ts';
import type { FeedbackTables } from './tables/feedback.ts';
import type { TargetsTables } from './tables/targets.ts';
import type { RoadmapTables } from './tables/roadmap.ts';
import type { PublishingTables } from './tables/publishing.ts';
import type { WordingTables } from './tables/wording.ts';
import type { ErasureTables } from './tables/erasure.ts';

export type * from './columns.ts';
export type { Audience, SessionStatus } from './vocabularies.ts';

/** Every table, a file for each feature that writes some. */
export interface Tables
	extends
		PlatformTables,
		OrganisationTables,
		CentresTables,
		DirectoryTables,
		PeopleTables,
		ConsentTables,
		CurriculaTables,
		AlertsTables,
		SafeguardingTables,
		CountsTables,
		ProjectsTables,
		CohortsTables,
		SessionsTables,
		ChangesTables,
		AttendanceTables,
		MergingTables,
		ImportsTables,
		AskingTables,
		FeedbackTables,
		TargetsTables,
		RoadmapTables,
		PublishingTables,
		WordingTables,
		ErasureTables {}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
