import type { Sealed } from '../../crypto/sealed.ts';
import type { Defaulted, Instant, Optional } from '../columns.ts';
import type {
	AlertChannel,
	AlertPlan,
	AlertStep,
	AlertSubject,
	NamedStep
} from '../vocabularies.ts';

/** Tables whose rows alerts write. None holds what waits, of whom or where. */
export interface AlertsTables {
	/** Who is told when the focal points do not come: an account, or somebody outside with an address alone. */
	responder: {
		id: string;
		section_id: string;
		/** null: for every centre. */
		centre_id: string | null;
		step: NamedStep;
		account_id: string | null;
		name_sealed: Sealed | null;
		/** A mail address, or a number the gateway knows. */
		address_sealed: Sealed | null;
		/** The one way they are told; null: an account, by every way there is. */
		channel: AlertChannel | null;
		/** null: an account, which has its own. */
		locale: string | null;
		added_at: Instant;
	};
	/** Something that waits for somebody, as long as nobody is at it. */
	alert_clock: {
		subject: AlertSubject;
		subject_id: string;
		section_id: string;
		plan: AlertPlan;
		/** One more each time it waits again. */
		round: number;
		started_at: Instant;
		/** Steps that were told. */
		step_count: number;
		/** When the next step is due, or it is looked whether somebody was named since. */
		ring_at: Instant;
	};
	/** What is to be told to one recipient by one way, once. */
	alert: {
		/** Random: the mail's Message-ID and the gateway's idempotency key. */
		id: string;
		section_id: string;
		subject: AlertSubject;
		subject_id: string;
		round: number;
		step: AlertStep;
		/** The account or the responder. */
		recipient_id: string;
		channel: AlertChannel;
		account_id: string | null;
		responder_id: string | null;
		due_at: Instant;
		next_try_at: Instant;
		attempt_count: Defaulted<number>;
		/** When a process last began to send it; without `sent_at` and `failure`, nobody knows whether it went out. */
		claimed_at: Optional<number>;
		/** To five minutes. */
		sent_at: Optional<number>;
		/** Why the last attempt failed, in words that name nobody. */
		failure: Optional<string>;
	};
	/** When an account last confirmed that a test alert reached it. */
	alert_confirmation: {
		account_id: string;
		section_id: string;
		confirmed_at: Instant;
	};
}
