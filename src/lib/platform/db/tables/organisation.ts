import type { Generated } from 'kysely';
import type { TextsJson, Instant, Flag } from '../columns.ts';
import type { BodyKind } from '../vocabularies.ts';

/** Tables whose rows organisation writes. */
export interface OrganisationTables {
	section: {
		id: string;
		name_texts: TextsJson;
		country: string;
		zone: string;
		locale: string;
		/** ISO weekday the week starts on, 1 = Monday. */
		week_starts_on: number;
		/** Languages it works in, `"ar,en"`; the first is its own. */
		languages: Generated<string>;
		/** ISO weekdays on which a new centre is closed, `"6,7"`. */
		closed_weekdays: Generated<string>;
		is_example: Flag;
	};
	/** Links that set up an organisation; only the SHA-256 of each is kept. */
	setup_link: {
		id_hash: string;
		made_at: Instant;
		expires_at: Instant;
		used_at: Instant | null;
	};
	/** An organisation beside the section: partner, supporting organisation, host place, school or funder. */
	body: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		/** Where it is taken from; null when it was entered here. */
		source_texts: TextsJson | null;
	};
	/** What a body is to the section, which may be several things. */
	body_kind: { body_id: string; kind: BodyKind; section_id: string };
}
