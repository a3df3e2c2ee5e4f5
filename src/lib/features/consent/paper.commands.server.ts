import type { z } from 'zod';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { ConsentPurpose, ConsentReader } from '#lib/platform/db/vocabularies.ts';
import { giverOf } from './commands.server.ts';
import type { paperForm } from './forms.ts';
import { getTerms, listStandings } from './queries.server.ts';
import { addSayings } from './rows.commands.server.ts';
import { keyOf, latestOf, refOf } from './standing.rules.ts';
import { textInForce } from './texts.commands.server.ts';
import { readerFor } from './texts.rules.ts';
import type { GiverRef, NewSaying, PersonStanding } from './types.ts';

/** Which of the two signatures of a row. */
export type Signature = 'self' | 'guardian';
export interface Unsigned {
	personId: string;
	signature: Signature;
}
export type PaperRefusal =
	| { reason: 'not_found' | 'in_future' | 'changed_meanwhile' | 'nothing_typed' }
	/** Said no, which no heap of papers turns into a yes: it is asked on the person's own page. */
	| { reason: 'said_no'; fields: Unsigned[] }
	/** Signed by who may not. */
	| { reason: 'may_not'; fields: Unsigned[] };

/**
 * Writes down the papers of several people within reach for one purpose: what each child and each guardian signed. All
 * of them or none. `today`: civil date.
 */
export function recordPapers(
	ctx: Context,
	input: z.output<typeof paperForm>,
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ count: number }, PaperRefusal | KeyReused>> {
	return command(ctx, { name: 'record papers', once, input }, async ({ ctx, refuse, audit }) => {
		if (input.on > today) refuse({ reason: 'in_future' });
		const signed = signaturesIn(input);
		if (signed.length === 0) return refuse({ reason: 'nothing_typed' });
		const ids = [...new Set(signed.map(({ personId }) => personId))];
		const within = await peopleInScope(ctx).where('person.id', 'in', ids).execute();
		if (within.length !== ids.length) refuse({ reason: 'not_found' });
		const people = await listStandings(ctx, ids, { today, terms: await getTerms(ctx) });
		const judged = signed.map((one) => judge(one, people.get(one.personId)!, input.purpose));
		for (const reason of ['may_not', 'said_no'] as const) {
			const fields = judged.filter((one) => one.fault === reason);
			if (fields.length > 0)
				refuse({
					reason,
					fields: fields.map(({ personId, signature }) => ({ personId, signature }))
				});
		}
		const texts = new Map<ConsentReader, string>();
		for (const { reader } of judged)
			if (!texts.has(reader))
				texts.set(reader, await textInForce(ctx, { ...input, reader }, input.on));
		const sayings = judged.map(({ personId, giver, said, reader }): NewSaying => ({
			...giver,
			...{ personId, said, purpose: input.purpose, saidOn: input.on, isOnPaper: true },
			...{ textId: texts.get(reader)!, spoken: null },
			...{ explained: input.explained, interpreter: input.interpreter }
		}));
		const seenCount = [...people.values()].reduce((sum, { sayings }) => sum + sayings.length, 0);
		if (!(await addSayings(ctx, sayings, seenCount))) refuse({ reason: 'changed_meanwhile' });
		for (const objectId of ids)
			await audit({
				action: 'record consent',
				objectType: 'person',
				objectId,
				fields: [`consent.${input.purpose}`]
			});
		return { count: sayings.length };
	});
}

interface Signed extends Unsigned {
	said: 'yes' | 'no';
	ref: GiverRef;
}

function signaturesIn({ self, guardian, who }: z.output<typeof paperForm>): Signed[] {
	const of = (signature: Signature, said: Record<string, 'yes' | 'no' | ''>) =>
		Object.entries(said).flatMap(([personId, word]): Signed[] =>
			word === ''
				? []
				: [
						{
							...{ personId, signature, said: word },
							ref: refOf(signature === 'self' ? 'self' : (who[personId] ?? 'unnamed'))
						}
					]
		);
	return [...of('self', self), ...of('guardian', guardian)];
}

/** A signature with who gave it and whom the text was for; `fault`: what is wrong with it. */
function judge(
	{ personId, signature, said, ref }: Signed,
	person: PersonStanding,
	purpose: ConsentPurpose
) {
	const giver = giverOf(person, ref);
	const latest = latestOf(person.sayings.filter((one) => one.purpose === purpose));
	const isNo = latest.some((one) => keyOf(one) === keyOf(ref) && one.said !== 'yes');
	const fault =
		'reason' in giver ? ('may_not' as const) : isNo && said === 'yes' ? ('said_no' as const) : null;
	return {
		...{ personId, signature, said, fault },
		giver: 'reason' in giver ? ref : giver,
		reader: readerFor(signature, person.age)
	};
}
