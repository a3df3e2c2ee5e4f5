import type { Sealed } from '../../crypto/sealed.ts';
import type { Instant, Optional } from '../columns.ts';

/** Tables whose rows imports writes. */
export interface ImportsTables {
	/** A file that came in, from upload to undo. */
	import: {
		id: string;
		section_id: string;
		kind: 'people' | 'cohorts' | 'registers';
		stage: 'columns' | 'checking' | 'preview' | 'running' | 'done' | 'undoing' | 'undone';
		/** null: pasted. */
		file_name_sealed: Sealed | null;
		/** Keyed fingerprint of its bytes. */
		digest: string;
		/** Sheets, columns, marks and options as JSON: they hold a person's words. */
		setup_sealed: Sealed;
		/** Numbers and codes as JSON. */
		counts: string;
		row_count: number;
		/** Rows checked, rows run or changes taken back, by stage. */
		position: number;
		created_by: string;
		created_at: Instant;
		finished_at: Instant | null;
		version: number;
	};
	/** A row of the file; gone once the run is over. */
	import_row: {
		import_id: string;
		position: number;
		section_id: string;
		/** From zero, as the row is numbered in it. */
		sheet: number;
		row_number: number;
		cells_sealed: Sealed;
		/** Keyed fingerprint of who it is about: the same child twice in a file has the same. */
		match_key: string | null;
		verdict: 'new' | 'same' | 'changed' | 'maybe' | 'repeat' | 'out' | null;
		/** Who it most likely is. */
		person_id: string | null;
		decision: 'same' | 'new' | 'out' | null;
		/** Of a `repeat`: the first row about the same person; of a `maybe` about nobody who is here: the row it may be. */
		twin_position: Optional<number>;
		/** What is wrong with it, codes and columns as JSON. */
		problems: Optional<string>;
	};
	/** What a run did to some rows of a table, in order, so that it can be taken back. */
	import_change: {
		import_id: string;
		seq: number;
		section_id: string;
		table_name: string;
		rows_sealed: Sealed;
	};
	/** What the columns of files with the same headers were chosen to be. */
	import_mapping: {
		section_id: string;
		kind: 'people' | 'cohorts' | 'registers';
		fingerprint: string;
		/** JSON list, one use a column. */
		uses: string;
		used_at: Instant;
	};
}
