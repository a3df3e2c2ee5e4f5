import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAST, rolesOf, type CastMember } from '#lib/features/example/cast.ts';
import type { StaffActor } from '#lib/platform/access/actor.ts';

export type Cell = 'allow' | 'login' | '403' | '404';

/** One line of `matrix.txt`: a read of a route, or a post to one of its actions. */
export interface MatrixRow {
	routeId: string;
	/** null for a read. */
	action: string | null;
	cells: ReadonlyMap<Visitor, Cell>;
}

/** A column of `matrix.txt`: an example account by the name before its @, or nobody with a live login. */
export type Visitor = string;
export const NOBODY: readonly Visitor[] = ['anonymous', 'expired', 'disabled'];

/** The reviewed table. Throws on a line that does not read. */
export function readMatrix(): { visitors: Visitor[]; rows: MatrixRow[] } {
	const text = readFileSync(join(import.meta.dirname, 'matrix.txt'), 'utf8');
	const [head = '', ...lines] = text.split('\n').filter((line) => line && !line.startsWith('#'));
	const visitors = head.trim().split(/\s+/);
	return { visitors, rows: lines.map((line) => readRow(line, visitors)) };
}

function readRow(line: string, visitors: Visitor[]): MatrixRow {
	const words = line.trim().split(/\s+/);
	const cells = words.splice(-visitors.length) as Cell[];
	const [verb, routeId, action, ...more] = words;
	const reads = (verb === 'read' && !action) || (verb === 'send' && action);
	if (!reads || !routeId || more.length > 0 || !cells.every(isCell))
		throw new Error(`matrix.txt does not read: ${line}`);
	return {
		routeId,
		action: action ?? null,
		cells: new Map(visitors.map((visitor, at) => [visitor, cells[at]!]))
	};
}

function isCell(word: string): word is Cell {
	return ['allow', 'login', '403', '404'].includes(word);
}

/** The example account of a column; undefined for nobody's. */
export function memberOf(visitor: Visitor): CastMember | undefined {
	return Object.values<CastMember>(CAST).find(({ email }) => email === `${visitor}@example.org`);
}

/** The actor a column's requests are decided for; null without a live login. */
export function actorOf(visitor: Visitor): StaffActor | null {
	const member = memberOf(visitor);
	if (!member) {
		if (NOBODY.includes(visitor)) return null;
		throw new Error(`matrix.txt has a column nobody is: ${visitor}`);
	}
	const { id: accountId, sectionId, name, locale } = member;
	const own = { kind: 'staff', theme: 'auto', secondStep: 'free', isExample: true } as const;
	return { accountId, roles: rolesOf(member), sectionId, name, locale, ...own };
}
