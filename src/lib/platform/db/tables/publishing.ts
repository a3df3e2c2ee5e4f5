import type { CivilDate, Flag } from '../columns.ts';

/** Tables whose rows publishing writes. */
export interface PublishingTables {
	/** What a section's people are reported as, every month alike. */
	report_setting: { section_id: string; activity: string; indicator: string };
	/** Numbers of people of one month as they left the section, once and for good. */
	snapshot: {
		id: string;
		section_id: string;
		/** `YYYY-MM`. */
		period: string;
		/** A word of `LAYOUTS`. */
		layout: string;
		/** Counted up in a section. */
		number: number;
		frozen_on: CivilDate;
		/** The account; a record outlives it. */
		frozen_by: string;
		/** Everybody counted in it: ten or more, or none. */
		people_count: number;
		zeros_hidden: Flag;
		activity: string;
		indicator: string;
	};
	/** A number of a snapshot, ten or more; null where it is not shown. What is nobody, or not listed, has no row. */
	snapshot_cell: {
		snapshot_id: string;
		position: number;
		section_id: string;
		/** Governorate and district; null for all. */
		adm1_pcode: string | null;
		adm2_pcode: string | null;
		/** null for all, or where the layout does not ask. */
		population_group: string | null;
		sex: string | null;
		age_band: string | null;
		is_total: Flag;
		people_count: number | null;
	};
	/** How many different people were published since 1 January of a year, as it stood with a snapshot. */
	snapshot_total: {
		snapshot_id: string;
		since_year: number;
		section_id: string;
		people_count: number;
		/** As it stood before: what came with this snapshot would give small numbers away. */
		is_carried: Flag;
	};
	/** Who was counted in which snapshot, once a calendar year, where they were first: nobody is published twice. */
	published_person: {
		person_id: string;
		year: number;
		snapshot_id: string;
		centre_id: string;
		section_id: string;
	};
}
