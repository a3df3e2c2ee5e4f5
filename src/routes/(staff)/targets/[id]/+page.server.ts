import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { listChoices } from '#lib/features/projects/queries.server.ts';
import {
	changeNumbers,
	confirmChange,
	dropChange
} from '#lib/features/targets/changes.commands.server.ts';
import { describeTarget } from '#lib/features/targets/commands.server.ts';
import {
	changeChoice,
	changeForm,
	groupChoice,
	groupForm,
	partsForm,
	pasteForm,
	wordsForm
} from '#lib/features/targets/forms.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import {
	addGroup,
	pasteParts,
	previewParts,
	removeGroup,
	setParts
} from '#lib/features/targets/parts.commands.server.ts';
import { getTarget, hasOtherSetter } from '#lib/features/targets/queries.server.ts';
import {
	CHANGE_REFUSALS,
	DECIDE_REFUSALS,
	GROUP_REFUSALS,
	PARTS_REFUSALS,
	PASTE_REFUSALS,
	TARGET_REFUSALS
} from '#lib/features/targets/refusals.ts';
import { leftBy, sumsOf } from '#lib/features/targets/rules.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction, formAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import { indicatorOptions, numberFields, textFields } from '../fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { locale } = event.locals;
	const target = await targetHere(event);
	const version = String(target.version);
	const { zone } = await getSection(ctx, locale);
	return {
		target: {
			...target,
			name: textIn(textsJson(target.names), locale),
			left: leftBy(target, target.parts),
			sums: sumsOf(target.amount, target.groups)
		},
		zone,
		hasOther: await hasOtherSetter(ctx),
		indicators: indicatorOptions(await listIndicators(ctx, locale), locale),
		projects: await listChoices(ctx, locale, target.projectIds),
		change: openForm(event, { version, ...numberFields(target, locale), reason: '' }),
		decide: openForm(event),
		words: openForm(event, {
			version,
			...textFields('name', target.names),
			...textFields('definition', target.definitions),
			indicator: target.indicatorId ?? '',
			project: target.projectIds
		}),
		parts: openForm(event, {
			version,
			...Object.fromEntries(
				target.parts.map(({ centreId, amount }) => [`part.${centreId}`, String(amount ?? '')])
			)
		}),
		paste: openForm(event),
		group: openForm(event, { sex: '' }),
		remove: openForm(event)
	};
};

export const actions: Actions = {
	change: commandAction({
		here: targetHere,
		form: changeForm,
		as: 'change',
		run: (ctx, { data, here, once, locale }) =>
			changeNumbers(ctx, { ...data, targetId: here.id, locale }, once),
		refused: CHANGE_REFUSALS,
		to: ({ id, waits }) => `/targets/${id}?done=${waits ? 'target_proposed' : 'target_changed'}`
	}),
	confirm: commandAction({
		here: targetHere,
		form: changeChoice,
		as: 'decide',
		run: (ctx, { data, here, once }) => confirmChange(ctx, { ...data, targetId: here.id }, once),
		refused: DECIDE_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_confirmed`
	}),
	drop: commandAction({
		here: targetHere,
		form: changeChoice,
		as: 'decide',
		run: (ctx, { data, here, once }) => dropChange(ctx, { ...data, targetId: here.id }, once),
		refused: DECIDE_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_dropped`
	}),
	describe: commandAction({
		here: targetHere,
		form: wordsForm,
		as: 'words',
		run: (ctx, { data, here, once }) => describeTarget(ctx, { ...data, targetId: here.id }, once),
		refused: TARGET_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_saved`
	}),
	parts: commandAction({
		here: targetHere,
		form: partsForm,
		as: 'parts',
		run: (ctx, { data, here, once, locale }) =>
			setParts(ctx, { ...data, targetId: here.id, locale }, once),
		refused: PARTS_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_parts#parts`
	}),
	preview: formAction({ here: targetHere, form: pasteForm, as: 'paste' }, async (sent) => ({
		paste: sent.again(),
		preview: await previewParts(ctxOf(sent.event.locals), sent.data.table)
	})),
	paste: commandAction({
		here: targetHere,
		form: pasteForm,
		as: 'paste',
		run: (ctx, { data, here, once }) => pasteParts(ctx, { ...data, targetId: here.id }, once),
		refused: PASTE_REFUSALS,
		showing: async (_, { data, event }) => ({
			preview: await previewParts(ctxOf(event.locals), data.table)
		}),
		to: ({ id }) => `/targets/${id}?done=target_parts#parts`
	}),
	addGroup: commandAction({
		here: targetHere,
		form: groupForm,
		as: 'group',
		run: (ctx, { data, here, once, locale }) =>
			addGroup(ctx, { ...data, targetId: here.id, locale }, once),
		refused: GROUP_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_parts#groups`
	}),
	removeGroup: commandAction({
		here: targetHere,
		form: groupChoice,
		as: 'remove',
		run: (ctx, { data, here, once }) => removeGroup(ctx, { ...data, targetId: here.id }, once),
		refused: GROUP_REFUSALS,
		to: ({ id }) => `/targets/${id}?done=target_parts#groups`
	})
};

async function targetHere({ locals, params }: RequestEvent) {
	const target = await getTarget(ctxOf(locals), params.id, locals.locale);
	return target ?? error(404, m.error_not_found());
}
