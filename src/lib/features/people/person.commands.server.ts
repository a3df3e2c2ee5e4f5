import type { z } from 'zod';
import { findCentre, getCentreDefaults } from '#lib/features/centres/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { compareAgain } from './changed.commands.server.ts';
import { addPerson } from './commands.server.ts';
import type { editPersonForm, newPersonForm } from './forms.ts';
import { codeIndexOf, nameKeyRows, nameKeysOf } from './name-keys.queries.server.ts';
import { listAlike, findPerson, sealName, sealOf } from './queries.server.ts';
import { asksForGroup } from './rules.ts';

export type NewPersonRefusal =
	| { reason: 'not_found' | 'year_ahead' | 'code_taken' }
	/** People within reach who may be the same one. */
	| { reason: 'may_be_known'; personIds: string[] };

export type EditPersonRefusal = {
	reason: 'not_found' | 'changed_meanwhile' | 'year_ahead' | 'code_taken';
};

/**
 * Writes down a person who is in no cohort. Refused, until `anyway` is said, when someone alike is known.
 * `today` is the civil date of the section.
 */
export function registerPerson(
	ctx: Context,
	input: z.output<typeof newPersonForm>,
	{ once, today, locale }: { once: string; today: string; locale: Locale }
): Promise<Outcome<{ personId: string }, NewPersonRefusal | KeyReused>> {
	return command<{ personId: string }, NewPersonRefusal>(
		ctx,
		{ name: 'register person', once, input },
		async ({ ctx, refuse, audit }) => {
			const centre = await findCentre(ctx, input.centre, locale);
			if (!centre) return refuse({ reason: 'not_found' });
			if (input.birthYear > Number(today.slice(0, 4))) refuse({ reason: 'year_ahead' });
			if (input.code && (await isTaken(ctx, input.code))) refuse({ reason: 'code_taken' });
			const alike = input.anyway ? [] : await listAlike(ctx, input);
			if (alike.length > 0) refuse({ reason: 'may_be_known', personIds: alike });
			const { country } = await getCentreDefaults(ctx);
			const personId = await addPerson(ctx, {
				...input,
				isStaff: input.kind === 'staff',
				centreId: centre.id,
				populationGroup: asksForGroup(country) ? input.populationGroup : null,
				addedOn: today
			});
			await audit({
				action: 'register person',
				objectType: 'person',
				objectId: personId,
				fields: ['centre_id', 'name_sealed', 'birth_year', 'sex']
			});
			return { personId };
		}
	);
}

/** Changes what is known of a person within reach. Refused when someone changed it since it was opened. */
export function editPerson(
	ctx: Context,
	input: z.output<typeof editPersonForm> & { personId: string },
	{ once, today, locale }: { once: string; today: string; locale: Locale }
): Promise<Outcome<{ personId: string }, EditPersonRefusal | KeyReused>> {
	return command<{ personId: string }, EditPersonRefusal>(
		ctx,
		{ name: 'edit person', once, input },
		async ({ ctx, refuse, audit }) => {
			const before = await findPerson(ctx, input.personId, locale);
			if (!before) return refuse({ reason: 'not_found' });
			if (before.version !== input.version) refuse({ reason: 'changed_meanwhile' });
			if (input.birthYear > Number(today.slice(0, 4))) refuse({ reason: 'year_ahead' });
			if (input.code && (await isTaken(ctx, input.code, before.id)))
				refuse({ reason: 'code_taken' });
			const { ring, scope } = ctx;
			const { country } = await getCentreDefaults(ctx);
			const keys = nameKeysOf(ring, scope.sectionId, input.name);
			const sealed = (column: 'needs_sealed' | 'code_sealed', text: string | undefined) =>
				text ? sealOf(ring, before.id, column, text) : null;
			const changed = await ctx.db
				.updateTable('person')
				.set({
					name_sealed: sealName(ring, before.id, input.name),
					name_key: keys.whole ?? '',
					sex: input.sex,
					birth_year: input.birthYear,
					birth_month: input.birthMonth ?? null,
					// who corrects the year, or says the month, knows it
					...((input.birthYear !== before.birthYear || input.birthMonth) && {
						birth_year_from_age: 0
					}),
					language: input.language ?? null,
					needs_sealed: sealed('needs_sealed', input.needs),
					code_sealed: sealed('code_sealed', input.code),
					code_index: input.code ? codeIndexOf(ring, scope.sectionId, input.code) : null,
					version: input.version + 1,
					...(asksForGroup(country) && { population_group: input.populationGroup ?? null })
				})
				.where('id', '=', before.id)
				.where('version', '=', input.version)
				.executeTakeFirst();
			if (!changed.numUpdatedRows) refuse({ reason: 'changed_meanwhile' });
			if (input.name !== before.name) await replaceKeys(ctx, before.id, keys);
			await compareAgain(ctx.db, scope.sectionId, [before.id]);
			await audit({
				action: 'edit person',
				objectType: 'person',
				objectId: before.id,
				fields: changedFields(before, input)
			});
			return { personId: before.id };
		}
	);
}

async function replaceKeys(
	ctx: Context,
	personId: string,
	keys: ReturnType<typeof nameKeysOf>
): Promise<void> {
	await ctx.db.deleteFrom('person_name_key').where('person_id', '=', personId).execute();
	const rows = nameKeyRows(ctx.scope.sectionId, personId, keys);
	if (rows.length > 0) await ctx.db.insertInto('person_name_key').values(rows).execute();
}

/** Whether another person of the section, also one out of reach, has this own number. */
async function isTaken(ctx: Context, code: string, exceptId = ''): Promise<boolean> {
	const { ring, scope } = ctx;
	const holder = await ctx.db
		.selectFrom('person')
		.select('id')
		.where('section_id', '=', scope.sectionId)
		.where('code_index', '=', codeIndexOf(ring, scope.sectionId, code))
		.where('id', '<>', exceptId)
		.executeTakeFirst();
	return holder !== undefined;
}

const FIELDS = {
	name: 'name_sealed',
	sex: 'sex',
	birthYear: 'birth_year',
	birthMonth: 'birth_month',
	populationGroup: 'population_group',
	language: 'language',
	needs: 'needs_sealed',
	code: 'code_sealed'
} as const;

function changedFields(
	before: Record<keyof typeof FIELDS, unknown>,
	after: Partial<Record<keyof typeof FIELDS, unknown>>
): string[] {
	return (Object.keys(FIELDS) as (keyof typeof FIELDS)[])
		.filter((name) => (before[name] ?? null) !== (after[name] ?? null))
		.map((name) => FIELDS[name]);
}
