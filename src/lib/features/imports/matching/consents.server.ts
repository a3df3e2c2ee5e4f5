import { getTerms, listStandings } from '#lib/features/consent/queries.server.ts';
import { addSayings } from '#lib/features/consent/rows.commands.server.ts';
import { latestOf, mayNotConsent } from '#lib/features/consent/standing.rules.ts';
import type { NewSaying, PersonStanding } from '#lib/features/consent/types.ts';
import { ADULT_AGE } from '#lib/features/people/rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { PersonRow } from '../reading/parsing.ts';
import type { Done } from '../running/ledger.server.ts';
import type { JudgedPerson } from './judged.ts';

type Paper = PersonRow['papers'][number];

/**
 * Finds out which papers of the list are new: dated later than what that side said, and never against a no, which no
 * list turns around. Of somebody new all are. The first row of a child decides.
 */
export async function compareConsents(
	ctx: Context,
	rows: readonly JudgedPerson[],
	today: string
): Promise<void> {
	const named = rows.filter(
		({ row, subject, isRepeat }) => row?.papers.length && subject && !isRepeat
	);
	const people = await standingsOf(ctx, named, today);
	for (const one of named) {
		const person = people.get(one.subject!.id ?? '');
		one.papers = one.row!.papers.filter((paper) => !person || isNew(paper, person));
	}
}

/** Writes the papers of rows whose people are there: to take part, signed on paper; answers what for the ledger. */
export async function writeConsents(
	ctx: Context,
	rows: readonly JudgedPerson[],
	today: string
): Promise<Done[]> {
	const signed = rows.filter(({ papers, subject }) => papers.length > 0 && subject?.id);
	const people = await standingsOf(ctx, signed, today);
	const sayings = signed.flatMap(({ papers, subject }) => {
		const person = people.get(subject!.id!);
		if (!person) return [];
		return papers.filter((one) => isNew(one, person)).flatMap((one) => asSaying(one, person));
	});
	const about = new Set(sayings.map(({ personId }) => personId));
	const seenCount = [...people.values()]
		.filter(({ personId }) => about.has(personId))
		.reduce((sum, { sayings }) => sum + sayings.length, 0);
	const ids = await addSayings(ctx, sayings, seenCount);
	if (ids === null)
		throw new Error('somebody else wrote down the same consent while a list was run');
	return [{ table: 'consent', keys: ids.map((id) => [id]) }];
}

async function standingsOf(ctx: Context, rows: readonly JudgedPerson[], today: string) {
	const ids = [...new Set(rows.flatMap(({ subject }) => subject?.id ?? []))];
	if (ids.length === 0) return new Map<string, PersonStanding>();
	return listStandings(ctx, ids, { today, terms: await getTerms(ctx) });
}

/** Of an adult only their own paper says anything, in whichever column it stands. */
function sideOf({ signer }: Paper, { age }: PersonStanding): Paper['signer'] {
	return age >= ADULT_AGE ? 'self' : signer;
}

function isNew(paper: Paper, person: PersonStanding): boolean {
	const isSelf = sideOf(paper, person) === 'self';
	const said = latestOf(person.sayings.filter(({ purpose }) => purpose === 'take_part')).filter(
		({ giver }) => (giver === 'self') === isSelf
	);
	return said.every((one) => one.said === 'yes' && one.saidOn < paper.on);
}

/** The one guardian who may consent, if there is one, else one nobody named; for a child without family none. */
function asSaying(paper: Paper, person: PersonStanding): NewSaying[] {
	const { personId } = person;
	const said = {
		personId,
		purpose: 'take_part',
		said: 'yes',
		saidOn: paper.on,
		isOnPaper: true
	} as const;
	if (sideOf(paper, person) === 'self') return [{ ...said, giver: 'self', id: '' }];
	const [signer, ...others] = person.adults.filter((one) => mayNotConsent(one, person) === null);
	if (signer && others.length === 0)
		return [{ ...said, giver: signer.giver, id: signer.id, relation: signer.relation }];
	return person.isAlone ? [] : [{ ...said, giver: 'unnamed', id: '' }];
}
