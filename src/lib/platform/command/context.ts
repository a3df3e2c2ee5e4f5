import { scopeOf, type JobActor, type Scope, type StaffActor } from '../access/actor.ts';
import type { Permission } from '../access/roles.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** What a query needs: the database, the rows it may see, the keys to read names, and the time. */
export interface Context {
	readonly db: Db;
	/** Of the permission that led here: that of the page, or of the action. */
	readonly scope: Scope;
	readonly actor: StaffActor | JobActor;
	readonly ring: KeyRing;
	/** UTC milliseconds. */
	readonly now: number;
}

/** The same with the rows another permission reaches; with none when the actor does not hold it. */
export function within(ctx: Context, permission: Permission): Context {
	return { ...ctx, scope: scopeOf(ctx.actor, permission)! };
}
