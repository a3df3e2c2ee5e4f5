import type { Actor, Scope } from '../access/actor.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** What a query needs: the database, the rows it may see, the keys to read names, and the time. */
export interface Context {
	readonly db: Db;
	readonly scope: Scope;
	readonly actor: Actor;
	readonly ring: KeyRing;
	/** UTC milliseconds. */
	readonly now: number;
}
