import { placeOf as guardianPlace } from '#lib/features/people/guardians.queries.server.ts';
import { openName, peopleInScope } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Relation } from '#lib/platform/db/schema.ts';
import {
	CONSENT_GIVERS,
	CONSENT_PURPOSES,
	CONSENT_READERS,
	known,
	SAID,
	type ConsentReader
} from '#lib/platform/db/vocabularies.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { keyOf, mayNotConsent } from './standing.rules.ts';
import type { GiverRef, MayNot, PersonStanding, Saying } from './types.ts';

/** Somebody who may be asked, by name; who may not, and why not. */
export interface GiverChoice extends GiverRef {
	/** null: the person themselves, or a guardian nobody named. */
	name: string | null;
	relation: Relation | null;
	mayNot: MayNot | null;
}

/** What was said once, with all that is known of it. */
export interface HistoryEntry extends Saying {
	id: string;
	giverId: string;
	/** null: nobody's any more, or never named. */
	giverName: string | null;
	relation: Relation | null;
	/** Of the text: its language and number; null where nobody knows. */
	text: { language: string; number: number; reader: ConsentReader } | null;
	isOnPaper: boolean;
	spoken: string | null;
	explained: string | null;
	interpreter: string | null;
	recordedBy: string;
}

/** Who stands for a person within reach, by name, the person first; with whom there is no use asking, and why. */
export async function listGivers(
	ctx: Context,
	{ adults, isAlone }: PersonStanding
): Promise<GiverChoice[]> {
	const names = await listGiverNames(ctx, adults);
	return [
		{ giver: 'self', id: '', name: null, relation: null, mayNot: null },
		...adults.map((adult) => ({
			giver: adult.giver,
			id: adult.id,
			name: names.get(keyOf(adult)) ?? null,
			relation: adult.relation,
			mayNot: mayNotConsent(adult, { isAlone })
		}))
	];
}

/** All that was said about a person within reach, latest first. */
export async function listHistory(
	ctx: Context,
	personId: string,
	givers: readonly GiverChoice[]
): Promise<HistoryEntry[]> {
	const rows = await ctx.db
		.selectFrom('consent')
		.innerJoin('account', 'account.id', 'consent.recorded_by')
		.leftJoin('consent_text as text', 'text.id', 'consent.text_id')
		.selectAll('consent')
		.select(['account.id as account_id', 'account.name_sealed', 'text.language', 'text.number'])
		.select('text.reader')
		.where('consent.section_id', '=', ctx.scope.sectionId)
		.where('consent.person_id', '=', personId)
		.where('consent.person_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'))
		.orderBy('consent.said_on', 'desc')
		.orderBy('consent.recorded_at', 'desc')
		.orderBy('consent.nth', 'desc')
		.execute();
	const names = new Map(givers.map((one) => [keyOf(one), one.name]));
	return rows.map((row) => {
		const ref = { giver: known(CONSENT_GIVERS, row.giver), id: row.giver_id };
		const opened = (column: 'explained_sealed' | 'interpreter_sealed') =>
			row[column] && openWords(ctx, row.id, column, row[column]);
		return {
			...ref,
			id: row.id,
			giverId: row.giver_id,
			giverName: names.get(keyOf(ref)) ?? null,
			relation: row.relation,
			purpose: known(CONSENT_PURPOSES, row.purpose),
			said: known(SAID, row.said),
			saidOn: row.said_on,
			recordedAt: row.recorded_at,
			text:
				row.language === null
					? null
					: {
							language: row.language,
							number: row.number!,
							reader: known(CONSENT_READERS, row.reader!)
						},
			isOnPaper: row.is_on_paper === 1,
			spoken: row.spoken,
			explained: opened('explained_sealed'),
			interpreter: opened('interpreter_sealed'),
			recordedBy: openAccountName(ctx.ring, { id: row.account_id, name_sealed: row.name_sealed })
		};
	});
}

/**
 * The names of contacts and people of the register who stand for somebody, by `keyOf`: of people within reach alone.
 * Contacts are named to whoever sees whom they stand for.
 */
export async function listGiverNames(
	ctx: Context,
	givers: readonly GiverRef[]
): Promise<Map<string, string>> {
	const idsOf = (of: GiverRef['giver']) =>
		givers.filter(({ giver }) => giver === of).map(({ id }) => id);
	const contacts = await contactNames(ctx, idsOf('contact'));
	const people = await namesOf(ctx, idsOf('person'));
	return new Map([
		...[...contacts].map(([id, name]) => [keyOf({ giver: 'contact', id }), name] as const),
		...[...people].map(([id, name]) => [keyOf({ giver: 'person', id }), name] as const)
	]);
}

async function contactNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await ctx.db
		.selectFrom('guardian')
		.select(['id', 'name_sealed'])
		.where('id', 'in', ids)
		.where('person_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'))
		.execute();
	return new Map(
		rows.map(({ id, name_sealed }) => [
			id,
			open(ctx.ring, guardianPlace('name_sealed', id), name_sealed)
		])
	);
}

async function namesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await peopleInScope(ctx).where('person.id', 'in', ids).execute();
	return new Map(rows.map(({ id, name_sealed }) => [id, openName(ctx.ring, id, name_sealed)]));
}

function openWords(ctx: Context, row: string, column: string, words: Sealed): string {
	return open(ctx.ring, { table: 'consent', column, row }, words);
}
