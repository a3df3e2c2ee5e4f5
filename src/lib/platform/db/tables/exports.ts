/** Tables whose rows exports writes. */
export interface ExportsTables {
	/** What a section's people are reported as, every month alike. */
	report_setting: { section_id: string; activity: string; indicator: string };
}
