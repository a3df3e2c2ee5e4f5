import type { z } from 'zod';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { ADULT_AGE } from '#lib/features/people/rules.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { ConsentPurpose } from '#lib/platform/db/vocabularies.ts';
import type { aloneForm, sayingForm, withdrawForm } from './forms.ts';
import { getTerms, listStandings } from './queries.server.ts';
import { addSayings, addUnaccompanied, removeUnaccompanied } from './rows.commands.server.ts';
import { keyOf, latestOf, mayNotConsent, refOf } from './standing.rules.ts';
import { textInForce } from './texts.commands.server.ts';
import { readerFor } from './texts.rules.ts';
import type { GiverRef, MayNot, NewSaying, PersonStanding } from './types.ts';

/** Why somebody's word does not count for a person. */
export type GiverRefusal =
	/** `not_asked`: the guardian of an adult, who decides for themselves. */
	{ reason: 'giver_unknown' | 'not_asked' } | { reason: 'may_not'; why: MayNot };
export type SayingRefusal =
	| { reason: 'not_found' | 'in_future' }
	| { reason: 'changed_meanwhile'; seen: number }
	| GiverRefusal;
export type WithdrawRefusal = { reason: 'not_found' | 'nothing_given' };

/** How often a withdrawal that meets another word of the same giver is written behind it, before it is given up. */
const MOST_TRIES = 5;

/**
 * Writes down what somebody said of purposes, once about a person within reach, on a day. Nothing said before is
 * changed. Refused when anything was written down about them since the page was opened: a withdrawal is never
 * overtaken unseen. `today`: civil date.
 */
export function recordSaying(
	ctx: Context,
	input: z.output<typeof sayingForm> & { personId: string },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ count: number }, SayingRefusal | KeyReused>> {
	return command(ctx, { name: 'record consent', once, input }, async ({ ctx, refuse, audit }) => {
		const { personId } = input;
		const person = await findStanding(ctx, personId, today);
		if (!person) return refuse({ reason: 'not_found' });
		if (input.on > today) refuse({ reason: 'in_future' });
		const seen = person.sayings.length;
		if (seen !== input.seen) refuse({ reason: 'changed_meanwhile', seen });
		const giver = giverOf(person, refOf(input.who));
		if ('reason' in giver) return refuse(giver);
		const reader = readerFor(giver.giver === 'self' ? 'self' : 'guardian', person.age);
		const purposes = [...new Set(input.purpose)];
		const sayings: NewSaying[] = [];
		for (const purpose of purposes)
			sayings.push({
				...giver,
				...{ personId, purpose, said: input.said, saidOn: input.on },
				textId: await textInForce(ctx, { purpose, reader, language: input.language }, input.on),
				isOnPaper: input.paper !== undefined,
				...{ spoken: input.spoken, explained: input.explained, interpreter: input.interpreter }
			});
		if (!(await addSayings(ctx, sayings, seen)))
			refuse({ reason: 'changed_meanwhile', seen: seen + 1 });
		await note({ audit }, 'record consent', personId, purposes);
		return { count: sayings.length };
	});
}

/**
 * Takes a yes back, at once and whatever else is being written down: of who gave it, while it stands. `today`: civil
 * date.
 */
export function withdraw(
	ctx: Context,
	input: z.output<typeof withdrawForm> & { personId: string },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ personId: string }, WithdrawRefusal | KeyReused>> {
	return command(ctx, { name: 'withdraw consent', once, input }, async ({ ctx, refuse, audit }) => {
		const { personId, purpose } = input;
		const person = await findStanding(ctx, personId, today);
		if (!person) return refuse({ reason: 'not_found' });
		const ref = refOf(input.who);
		const latest = latestOf(person.sayings.filter((one) => one.purpose === purpose));
		const given = latest.find((one) => keyOf(one) === keyOf(ref));
		if (given?.said !== 'yes') return refuse({ reason: 'nothing_given' });
		const relation = person.adults.find((one) => keyOf(one) === keyOf(ref))?.relation ?? null;
		const saidOn = given.saidOn > today ? given.saidOn : today;
		const saying = { ...ref, personId, purpose, said: 'withdrawn' as const, saidOn, relation };
		let written: string[] | null = null;
		for (let tries = 0; written === null && tries < MOST_TRIES; tries += 1)
			written = await addSayings(ctx, [saying]);
		if (written === null)
			throw new Error('a withdrawal found no place behind what was said before');
		await note({ audit }, 'withdraw consent', personId, [purpose]);
		return { personId };
	});
}

/** Notes that a child within reach is without family here, or takes the note off again. `today`: civil date. */
export function noteAlone(
	ctx: Context,
	input: z.output<typeof aloneForm> & { personId: string },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ personId: string }, { reason: 'not_found' } | KeyReused>> {
	return command(
		ctx,
		{ name: 'note unaccompanied', once, input },
		async ({ ctx, refuse, audit }) => {
			const { personId, alone } = input;
			const person = await findStanding(ctx, personId, today);
			if (!person || person.age >= ADULT_AGE) return refuse({ reason: 'not_found' });
			if (alone === 'yes')
				await addUnaccompanied(ctx, [
					{
						person_id: personId,
						section_id: ctx.scope.sectionId,
						noted_on: today,
						noted_by: ctx.actor.accountId
					}
				]);
			else await removeUnaccompanied(ctx, personId);
			await audit({
				action: 'note unaccompanied',
				objectType: 'person',
				objectId: personId,
				fields: ['unaccompanied']
			});
			return { personId };
		}
	);
}

/** How things stand for a person within reach; undefined for anybody else. */
async function findStanding(
	ctx: Context,
	personId: string,
	today: string
): Promise<PersonStanding | undefined> {
	const person = await peopleInScope(ctx).where('person.id', '=', personId).executeTakeFirst();
	if (!person) return undefined;
	return (await listStandings(ctx, [personId], { today, terms: await getTerms(ctx) })).get(
		personId
	);
}

/** Who says it, with what they are to the person, or why their word does not count. */
export function giverOf(
	{ age, adults, isAlone }: Pick<PersonStanding, 'age' | 'adults' | 'isAlone'>,
	ref: GiverRef
): (GiverRef & Pick<NewSaying, 'relation'>) | GiverRefusal {
	if (ref.giver === 'self') return ref;
	if (age >= ADULT_AGE) return { reason: 'not_asked' };
	if (ref.giver === 'unnamed') return isAlone ? { reason: 'may_not', why: 'alone' } : ref;
	const adult = adults.find((one) => keyOf(one) === keyOf(ref));
	if (!adult) return { reason: 'giver_unknown' };
	const why = mayNotConsent(adult, { isAlone });
	return why ? { reason: 'may_not', why } : { ...ref, relation: adult.relation };
}

/** Which purposes it was about, and never what was said. */
function note(
	{ audit }: Pick<Work<never>, 'audit'>,
	action: string,
	personId: string,
	purposes: readonly ConsentPurpose[]
) {
	return audit({
		action,
		objectType: 'person',
		objectId: personId,
		fields: purposes.map((purpose) => `consent.${purpose}`)
	});
}
