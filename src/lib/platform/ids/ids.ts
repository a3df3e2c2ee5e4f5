import { randomUUIDv7 } from 'node:crypto';

/** A new row id, sortable by time. Never for what children answer: it carries the millisecond. */
export function newId(): string {
	return randomUUIDv7();
}
