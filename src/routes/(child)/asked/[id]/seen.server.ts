import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { asAsked, BANDS, formFor, type Form } from '#lib/features/asking/bank.rules.ts';
import { LENGTHS } from '#lib/features/asking/draft.rules.ts';
import { findAsked, isAskingEditor } from '#lib/features/asking/queries.server.ts';
import { versionOf, wordingOf } from '#lib/features/wording/queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { isLocale } from '#lib/platform/i18n/locale.ts';

/**
 * The form of a version that the address asks for, in the words children of the section find, and the language of the
 * address where they are offered it. Answers 404 for a draft to who does not edit it.
 */
export async function seenForm(
	event: Pick<RequestEvent, 'locals' | 'url'> & { params: { id: string } }
): Promise<Form> {
	const { locals, url, params } = event;
	const ctx = ctxOf(locals);
	const found = await findAsked(ctx, params.id, locals.locale);
	const mayEdit = can(ctx.actor, 'edit questions') && isAskingEditor(within(ctx, 'edit questions'));
	if (!found || (found.publishedOn === null && !mayEdit)) error(404, m.error_not_found());
	const wording = await wordingOf(locals.services.db, await versionOf(ctx));
	const wished = [url.searchParams.get('words'), locals.locale].filter(isLocale);
	locals.wording = wording;
	locals.locale = wished.find((one) => wording.offered.includes(one)) ?? wording.offered[0]!;
	const band = BANDS.find((one) => one === url.searchParams.get('band')) ?? '6-9';
	const length = LENGTHS.find((one) => one === url.searchParams.get('length')) ?? 'pulse';
	return asAsked(formFor(band, length, found.asked), !url.searchParams.has('wordless'));
}
