import type { Sealed } from '../../crypto/sealed.ts';
import type { Defaulted, Instant, Optional } from '../columns.ts';
import type {
	ConcernKind,
	ConcernOutcome,
	Consent,
	HandoverChannel,
	Urgency
} from '../vocabularies.ts';

/** Tables whose rows safeguarding writes. */
export interface SafeguardingTables {
	/**
	 * A child wants to talk to someone, or staff are worried about one: where, how soon and, until it is closed,
	 * under which name. No content.
	 */
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
		urgency: Defaulted<Urgency>;
		/** The account that raised it; null: a child did. */
		raised_by: Optional<string>;
		/** Whether the child was asked what they want; null: it is the child's own wish. */
		is_wish_asked: Optional<0 | 1>;
		/** Whether the child agrees to a referral; null as above. */
		consent: Optional<Consent>;
		/** A complaint about staff: nobody of the centre is told or reads it. */
		is_about_staff: Defaulted<0 | 1>;
		/** When its clock began: for a child when they asked. */
		noticed_at: Instant;
		raised_at: Instant;
		/** Who is at it now. */
		taken_by: string | null;
		taken_at: Instant | null;
		/** When somebody first went, which stays when the child was not found. */
		first_taken_at: Optional<number>;
		/** How often somebody went and did not find the child. */
		missed_count: Defaulted<number>;
		handover_channel: Optional<HandoverChannel>;
		handed_over_at: Optional<number>;
		/** null as long as it is open. */
		outcome: Optional<ConcernOutcome>;
		closed_at: Instant | null;
	};
	/** What stays of concerns that closed long ago. */
	concern_count: {
		section_id: string;
		/** `YYYY-MM` of when they were raised, in the section's zone. */
		month: string;
		kind: ConcernKind;
		concern_count: number;
	};
}
