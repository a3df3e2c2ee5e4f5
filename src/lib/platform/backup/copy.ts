import type { Sealed } from '../crypto/sealed.ts';

/** Tables whose rows must not live on in a restored database: logins, and links that open an account or set one up. */
export const NOT_IN_BACKUPS = ['login_session', 'account_link', 'setup_link'];

/** What was found in a copy of a database. */
export interface CopyFacts {
	/** Rows of every table. */
	tables: Record<string, number>;
	/** Newest migration. */
	schema: string;
	/** Where the files lie that rows speak of, below the folder of files. */
	files: string[];
	/** An account to try the key ring on. */
	account: { id: string; name_sealed: Sealed } | null;
}

/** How one kind of database becomes a file, and a file a database. All of it ends soon after `signal`. */
export interface DatabaseCopy {
	/**
	 * Writes one moment of the database into the empty file `to`, without the rows of `NOT_IN_BACKUPS`, and inspects
	 * it. `postgres`: the major version of PostgreSQL's programs that can read it, 0 for none.
	 */
	copy(
		url: string,
		to: string,
		signal: AbortSignal
	): Promise<{ facts: CopyFacts; postgres: number }>;
	/** Reads a copy to its end; fails when it is not sound. */
	inspect(file: string, postgres: number, signal: AbortSignal): Promise<CopyFacts>;
	/** Refused when the database already has tables. */
	assertEmpty(url: string): Promise<void>;
	/** Where a copy is put before it is installed; `work` is a folder of one's own. */
	stagedAt(url: string, work: string): string;
	/** Makes the copy the database, whole or not at all. */
	install(url: string, file: string, postgres: number, signal: AbortSignal): Promise<void>;
}
