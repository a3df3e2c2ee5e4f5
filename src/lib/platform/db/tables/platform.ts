import type { Generated } from 'kysely';
import type { Sealed } from '../../crypto/sealed.ts';
import type { Role } from '../../access/roles.ts';
import type { FileType } from '../../files/types.ts';
import type { ActorKind, Defaulted, Instant, Optional } from '../columns.ts';

/** Tables whose rows the platform writes. */
export interface PlatformTables {
	/** The one row of this database: opens under the key ring it was made with and under no other. */
	installation: {
		id: number;
		key_check_sealed: Sealed;
		made_at: Instant;
	};
	account: {
		id: string;
		section_id: string | null;
		email_index: string;
		email_sealed: Sealed;
		name_sealed: Sealed;
		/** Empty until an invitation is used; nothing opens it. */
		password_hash: string;
		locale: string;
		theme: 'auto' | 'light' | 'dark';
		disabled_at: Instant | null;
		created_at: Instant;
		/** Of an account of no section: whether it is of the example, its password published. Any other is as its section. */
		is_example: Defaulted<number>;
	};
	/** A role an account holds, a row per centre. */
	account_role: {
		account_id: string;
		role: Role;
		/** null for the network, which belongs to no section. */
		section_id: string | null;
		/** null: the whole section. */
		centre_id: string | null;
		/** The body a partner belongs to. */
		body_id: string | null;
		/** The project a project manager is held to; null: all of the section. */
		project_id: Optional<string>;
	};
	/** Roles an account held until `ended_at`; whoever comes back to one has it here as well. */
	past_role: {
		account_id: string;
		role: Role;
		section_id: string | null;
		centre_id: string | null;
		ended_at: Instant;
	};
	/** The one link an account was last given to choose a password with. */
	account_link: {
		account_id: string;
		/** null for the network. */
		section_id: string | null;
		token_hash: string;
		kind: 'invite' | 'reset';
		made_by: string;
		made_at: Instant;
		expires_at: Instant;
		used_at: Instant | null;
	};
	/** Whose login asks for a code by time as well. */
	account_code: {
		account_id: string;
		secret_sealed: Sealed;
		/** The last step of thirty seconds whose code was used, counted from 1970. */
		last_step: number;
		made_at: Instant;
	};
	/** What opens once in place of a code by time. */
	recovery_code: { code_hash: string; account_id: string; used_at: Instant | null };
	login_session: {
		id_hash: string;
		account_id: string;
		created_at: Instant;
		last_seen_at: Instant;
		expires_at: Instant;
	};
	login_attempt: { bucket: string; window_starts_at: Instant; attempt_count: number };
	kept_form: {
		id: string;
		account_id: string;
		path: string;
		fields_sealed: Sealed;
		kept_at: Instant;
	};
	audit: {
		seq: Generated<number>;
		at: Instant;
		section_id: string | null;
		actor_kind: ActorKind;
		/** The account, of a job the one that began it, the tablet; null for a child. */
		actor_id: string | null;
		action: string;
		object_type: string;
		object_id: string;
		/** Names of the fields that changed, comma-separated; never their values. */
		field_names: string;
	};
	/** How to go back behind a change, for a day. */
	undo: {
		id: string;
		section_id: string;
		/** Who did it, and alone may take it back. */
		account_id: string;
		action: string;
		/** What was before, as JSON of the action's own shape. */
		back_sealed: Sealed;
		made_at: Instant;
		used_at: Instant | null;
	};
	/** Work that nobody asks for. Of several processes the one that holds the lease is at it. */
	job: {
		name: string;
		interval_ms: number;
		/** When it runs next. */
		due_at: Instant;
		holder: Generated<string | null>;
		lease_until: Generated<Instant | null>;
		/** The last time it went through. */
		done_at: Generated<Instant | null>;
		/** The last time it failed, and how: class, code and place of the error. */
		failed_at: Generated<Instant | null>;
		failure: Generated<string | null>;
	};
	once: {
		actor_kind: ActorKind;
		actor_id: string;
		key: string;
		command: string;
		input_mac: string;
		outcome: string;
		at: Instant;
	};
	/** A file of the folder of files, and whose it is. Its name is not kept: names of files name children. */
	file: {
		id: string;
		section_id: string;
		/** Of its content, hexadecimal: where it lies. */
		sha256: string;
		type: FileType;
		size_bytes: number;
		uploaded_by: string;
		uploaded_at: Instant;
		/** Since when nothing refers to it; null while something does. */
		loose_at: Optional<Instant>;
	};
}
