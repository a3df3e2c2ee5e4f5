import type { NetworkScope } from '../access/actor.ts';
import type { Db } from '../db/open.ts';
import type { Context } from './context.ts';

/** Who reads what sections share: someone of a section within their scope, or the network, which reads every section of its kind. */
export type Reader = Pick<Context, 'db' | 'scope' | 'now'> | NetworkReader;
export interface NetworkReader {
	readonly db: Db;
	readonly network: NetworkScope;
	/** UTC milliseconds. */
	readonly now: number;
}

/** True for who stands outside the section: no number of people is theirs to see before it is published. */
export function isOutside(reader: Reader): boolean {
	return !('scope' in reader) || reader.scope.totalsOnly;
}
