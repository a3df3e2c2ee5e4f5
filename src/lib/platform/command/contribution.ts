import type { CardActor } from '../access/actor.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import { writeAudit, type AuditEntry } from './audit.ts';

/** What a child's contribution needs: nobody is logged in, and no rows are listed, so there is no scope. */
export interface Contributing {
	readonly db: Db;
	readonly ring: KeyRing;
	readonly actor: CardActor;
	/** UTC milliseconds. */
	readonly now: number;
}

/** Inside a contribution: on its transaction, and the entry that says a child did it, on which day, and no more. */
export interface Contribution {
	from: Contributing;
	/** For another request was first with this draft: what was written is undone. */
	overtaken(): never;
	audit(entry: AuditEntry): Promise<void>;
}

class Overtaken extends Error {}

/**
 * What a child sends, as a command without a key of its own: one transaction with rule, write and, where one is
 * kept, audit entry. The draft is the key: its row is written on condition of its id or version, and `overtaken`
 * says that the condition did not hold. Answers null then, and nothing has changed; the caller reads again.
 */
export async function contribute<Done>(
	from: Contributing,
	work: (contribution: Contribution) => Promise<Done>
): Promise<Done | null> {
	try {
		return await from.db.transaction().execute((trx) =>
			work({
				from: { ...from, db: trx },
				overtaken: () => {
					throw new Overtaken();
				},
				audit: (entry) => writeAudit({ ...from, db: trx }, entry)
			})
		);
	} catch (error) {
		if (error instanceof Overtaken) return null;
		throw error;
	}
}
