import type { Sealed } from '../../crypto/sealed.ts';
import type { Instant, Optional, Defaulted } from '../columns.ts';
import type { ConcernKind } from '../vocabularies.ts';

/** Tables whose rows safeguarding writes. */
export interface SafeguardingTables {
	/** A child wants to talk to someone: where and, until it is closed, under which name. No content. */
	concern: {
		id: string;
		section_id: string;
		/** Who says so. */
		kind: Defaulted<ConcernKind>;
		/** null: it was at no session. */
		session_id: string | null;
		/** null: at none of the centres. */
		centre_id: Optional<string>;
		nickname_sealed: Sealed | null;
		raised_at: Instant;
		taken_by: string | null;
		taken_at: Instant | null;
		closed_at: Instant | null;
	};
}
