import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { correctionsIn, effective, fingerprintOf, printsOf } from './queries.server.ts';
import { releasedTexts } from './released.words.ts';
import { faultOf, placeholdersIn, type TextFault } from './rules.ts';

/** Words are every centre's: who reaches some of the centres changes none of them. */
type NotAllowed = { reason: 'not_found' | 'not_whole' };
export type CorrectRefusal =
	NotAllowed | { reason: 'lacks' | 'unknown'; names: string[] } | { reason: 'brace' };
/** `texts_changed`: they are not those that were read. */
export type CheckRefusal = NotAllowed | { reason: 'texts_changed' };

/**
 * Puts a section's own text in place of the one that came with the release. Children read it once somebody has checked
 * the language again. The text of the release itself takes the correction back.
 */
export function correctText(
	ctx: Context,
	input: { language: Locale; key: string; text: string },
	once: string
): Promise<Outcome<{ key: string }, CorrectRefusal | KeyReused>> {
	return command<{ key: string }, CorrectRefusal>(
		ctx,
		{ name: 'correct text', once, input },
		async (work) => {
			const { language, key, text } = input;
			const released = releasedTexts(language).get(key);
			if (released === undefined) return work.refuse({ reason: 'not_found' });
			const wrong = faultOf(text, { released, wanted: wantedOf(language, key) });
			if (wrong) return work.refuse(refusalOf(wrong));
			await (text === released ? dropText(work, input) : putText(work, input));
			return { key };
		}
	);
}

/** Takes a correction back: the text is the one that came with the release. */
export function restoreText(
	ctx: Context,
	input: { language: Locale; key: string },
	once: string
): Promise<Outcome<{ key: string }, NotAllowed | KeyReused>> {
	return command<{ key: string }, NotAllowed>(
		ctx,
		{ name: 'restore text', once, input },
		async (work) => {
			await dropText(work, input);
			return { key: input.key };
		}
	);
}

/** Says that the texts of a language were read, all of them, as they stand: children are offered it from now on. */
export function checkLanguage(
	ctx: Context,
	input: { language: Locale; fingerprint: string },
	once: string
): Promise<Outcome<{ language: Locale }, CheckRefusal | KeyReused>> {
	return command<{ language: Locale }, CheckRefusal>(
		ctx,
		{ name: 'check language', once, input },
		async (work) => {
			const { db, scope, now } = work.ctx;
			const { zone } = await beginChange(work);
			const corrected = await correctionsIn(db, scope.sectionId, input.language);
			const texts = effective(input.language, corrected);
			const fingerprint = fingerprintOf(texts);
			if (fingerprint !== input.fingerprint) return work.refuse({ reason: 'texts_changed' });
			const said = {
				fingerprint,
				prints: JSON.stringify(printsOf(texts)),
				checked_by: work.ctx.actor.accountId,
				checked_on: dateIn(zone, now)
			};
			await db
				.insertInto('wording_check')
				.values({ section_id: scope.sectionId, locale: input.language, ...said })
				.onConflict((conflict) => conflict.columns(['section_id', 'locale']).doUpdateSet(said))
				.execute();
			await noteChange(work, 'check language', ['wording_check']);
			return { language: input.language };
		}
	);
}

type Changing = Pick<Work<NotAllowed>, 'ctx' | 'refuse' | 'audit'>;

async function putText(
	work: Changing,
	{ language, key, text }: { language: Locale; key: string; text: string }
): Promise<void> {
	await beginChange(work);
	const { db, scope, actor } = work.ctx;
	const own = { text, corrected_by: actor.accountId };
	await db
		.insertInto('wording_text')
		.values({ section_id: scope.sectionId, locale: language, key, ...own })
		.onConflict((conflict) => conflict.columns(['section_id', 'locale', 'key']).doUpdateSet(own))
		.execute();
	await noteChange(work, 'correct text', ['text']);
}

async function dropText(
	work: Changing,
	{ language, key }: { language: Locale; key: string }
): Promise<void> {
	await beginChange(work);
	const { db, scope } = work.ctx;
	await db
		.deleteFrom('wording_text')
		.where('section_id', '=', scope.sectionId)
		.where('locale', '=', language)
		.where('key', '=', key)
		.execute();
	await noteChange(work, 'restore text', ['text']);
}

/** Only for who reaches the whole section. The version is taken first: two changes at once come one after the other. */
async function beginChange({ ctx, refuse }: Changing): Promise<{ zone: string }> {
	const { db, scope } = ctx;
	if (scope.centreIds !== null) refuse({ reason: 'not_whole' });
	await db
		.insertInto('wording')
		.values({ section_id: scope.sectionId, version: 1 })
		.onConflict((conflict) =>
			conflict
				.column('section_id')
				.doUpdateSet((eb) => ({ version: eb('wording.version', '+', 1) }))
		)
		.execute();
	return db
		.selectFrom('section')
		.select('zone')
		.where('id', '=', scope.sectionId)
		.executeTakeFirstOrThrow();
}

function noteChange({ ctx, audit }: Changing, action: string, fields: string[]): Promise<void> {
	return audit({ action, objectType: 'section', objectId: ctx.scope.sectionId, fields });
}

/** Placeholders any form of the same text is told with. */
function wantedOf(language: Locale, key: string): string[] {
	const [message] = key.split(':');
	return [...releasedTexts(language)].flatMap(([id, text]) =>
		id.split(':')[0] === message ? placeholdersIn(text) : []
	);
}

function refusalOf(wrong: TextFault): CorrectRefusal {
	return wrong.fault === 'brace'
		? { reason: 'brace' }
		: { reason: wrong.fault, names: wrong.names };
}
