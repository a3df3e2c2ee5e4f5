import { ageOn } from '#lib/features/people/rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import {
	CONSENT_GIVERS,
	CONSENT_PURPOSES,
	known,
	ON_MISSING,
	SAID,
	type ConsentPurpose
} from '#lib/platform/db/vocabularies.ts';
import { listAdults } from './adults.queries.server.ts';
import { asksFirst, DEFAULT_TERMS, keyOf, sideOf, standingOf, tallyOf } from './standing.rules.ts';
import { purposesFrom } from './texts.rules.ts';
import type { GiverRef, PersonStanding, Saying, Tally, Terms } from './types.ts';

/** How the reader's section goes about asking. */
export async function getTerms({ db, scope }: Context): Promise<Terms> {
	const row = await db
		.selectFrom('section')
		.leftJoin('consent_setting as setting', 'setting.section_id', 'section.id')
		.select(['section.country', 'setting.purposes', 'setting.on_missing', 'setting.own_age'])
		.select(['setting.valid_months', 'setting.version'])
		.where('section.id', '=', scope.sectionId)
		.executeTakeFirstOrThrow();
	if (row.purposes === null) return { ...DEFAULT_TERMS, country: row.country };
	return {
		country: row.country,
		purposes: purposesFrom(row.purposes),
		onMissing: known(ON_MISSING, row.on_missing!),
		ownAge: row.own_age,
		validMonths: row.valid_months!,
		version: row.version!
	};
}

/**
 * How everything in use stands for some people of the section, by their id, on `today`, a civil date. The caller asks
 * only for people within the reader's reach: nobody's name is read here.
 */
export async function listStandings(
	ctx: Context,
	personIds: readonly string[],
	{ today, terms }: { today: string; terms: Terms }
): Promise<Map<string, PersonStanding>> {
	if (personIds.length === 0) return new Map();
	const people = await ctx.db
		.selectFrom('person')
		.leftJoin('unaccompanied as alone', 'alone.person_id', 'person.id')
		.select(['person.id', 'person.birth_year', 'person.birth_month', 'alone.noted_on'])
		.where('person.section_id', '=', ctx.scope.sectionId)
		.where('person.id', 'in', personIds)
		.execute();
	const adults = await listAdults(ctx, personIds, today);
	const sayings = Map.groupBy(await listSayings(ctx, personIds), ({ personId }) => personId);
	return new Map(
		people.map((row) => {
			const asked = {
				birthYear: row.birth_year,
				birthMonth: row.birth_month,
				isAlone: row.noted_on !== null
			};
			const theirs = adults.get(row.id) ?? { adults: [], sameAs: new Map<string, GiverRef>() };
			const said = (sayings.get(row.id) ?? []).map((one): Saying => ({
				...one,
				...theirs.sameAs.get(keyOf(one))
			}));
			const of = { asked, adults: theirs.adults, sayings: said };
			const standings = Object.fromEntries(
				terms.purposes.map((purpose) => [purpose, standingOf(purpose, of, terms, today)])
			);
			return [
				row.id,
				{
					personId: row.id,
					age: ageOn(asked, today),
					isAlone: asked.isAlone,
					adults: theirs.adults,
					sayings: said,
					standings
				}
			];
		})
	);
}

/** Of whom something is missing to take part, and who said no, of some people; null where nobody is asked for it. */
export async function tallyTakingPart(
	ctx: Context,
	personIds: readonly string[],
	today: string
): Promise<Tally | null> {
	const terms = await getTerms(ctx);
	if (!terms.purposes.includes('take_part')) return null;
	const standings = await listStandings(ctx, personIds, { today, terms });
	return tallyOf([...standings.values()].map(({ standings }) => standings.take_part));
}

/**
 * Why somebody may not be enrolled: they or a guardian said no to taking part, which is final; or something is missing
 * and the section lets nobody in without it. null: nothing stands in the way.
 */
export async function findBar(
	ctx: Context,
	personId: string,
	today: string
): Promise<'refused' | 'missing' | null> {
	const terms = await getTerms(ctx);
	if (!terms.purposes.includes('take_part')) return null;
	const standings = await listStandings(ctx, [personId], { today, terms });
	const standing = standings.get(personId)?.standings.take_part;
	const side = standing ? sideOf(standing.state) : 'missing';
	if (side === 'refused') return 'refused';
	return side === 'missing' && asksFirst(terms) ? 'missing' : null;
}

/** Everything that was said about some people, in the order it was said by each; of the section, without words. */
async function listSayings(
	{ db, scope }: Context,
	personIds: readonly string[]
): Promise<(Saying & { personId: string })[]> {
	const rows = await db
		.selectFrom('consent')
		.select(['person_id', 'purpose', 'giver', 'giver_id', 'said', 'said_on', 'recorded_at'])
		.where('section_id', '=', scope.sectionId)
		.where('person_id', 'in', personIds)
		.orderBy('person_id')
		.orderBy('purpose')
		.orderBy('nth')
		.execute();
	return rows.map((row) => ({
		personId: row.person_id,
		purpose: known<ConsentPurpose>(CONSENT_PURPOSES, row.purpose),
		giver: known(CONSENT_GIVERS, row.giver),
		id: row.giver_id,
		said: known(SAID, row.said),
		saidOn: row.said_on,
		recordedAt: row.recorded_at
	}));
}
