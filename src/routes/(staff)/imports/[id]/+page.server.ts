import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import {
	chooseColumns,
	dropImport,
	type ChooseRefusal
} from '#lib/features/imports/commands.server.ts';
import { columnsForm, decideForm, nothingMore, runForm } from '#lib/features/imports/forms.ts';
import {
	cancelRun,
	canUndo,
	decide,
	goOn,
	howFar,
	startCheck,
	startRun,
	startUndo,
	type ProgressRefusal
} from '#lib/features/imports/progress.server.ts';
import {
	findImport,
	lastRunOf,
	listFirstRows,
	type Import
} from '#lib/features/imports/queries.server.ts';
import { listMaybes } from '#lib/features/imports/rows.queries.server.ts';
import { listStayed } from '#lib/features/imports/stayed.queries.server.ts';
import {
	CHOOSE_REFUSALS,
	DROP_REFUSALS,
	PROGRESS_REFUSALS
} from '#lib/features/imports/refusals.ts';
import type { KeyReused, Outcome } from '#lib/platform/command/command.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { shapeShown, valuesOfColumns } from './view.ts';

/** A small file is through before the page comes back; the rest of a large one goes on behind it. */
const AT_ONCE_MS = 1500;
const FIRST_ROWS = 8;
const MAYBES = 20;

export const load: PageServerLoad = async (event) => {
	const item = await itemHere(event);
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	const { id, kind, stage, fileName, counts, rowCount, version } = item;
	const isChoosing =
		stage === 'columns' || (stage === 'preview' && event.url.searchParams.has('columns'));
	const { zone } = await getSection(ctx, locale);
	return {
		item: { id, kind, stage, fileName, counts, rowCount, version },
		share: await howFar(ctx, item),
		mayUndo: (stage === 'done' || stage === 'undone') && (await canUndo(ctx, id)),
		left: stage === 'undone' ? await listStayed(ctx, item, locale) : null,
		sheetNames: item.setup.sheets.map(({ name }) => name),
		zone,
		centres: (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name })),
		coming: item.setup.coming,
		shape: isChoosing ? shapeShown(item.setup) : null,
		isNewShape: event.url.searchParams.has('again'),
		preview: stage === 'preview' && !isChoosing ? await previewOf(event, item) : null,
		/** For every button of the page: only one of them is pressed. */
		once: crypto.randomUUID(),
		form: openForm(event, isChoosing ? valuesOfColumns(item) : {})
	};
};

async function previewOf(event: RequestEvent, item: Import) {
	const ctx = ctxOf(event.locals);
	const after = Number(event.url.searchParams.get('after') ?? -1);
	const maybes = await listMaybes(ctx, item, {
		...{ most: MAYBES + 1, locale: event.locals.locale },
		after: Number.isSafeInteger(after) ? after : -1
	});
	return {
		lastRun: await lastRunOf(ctx, item),
		forAll: item.setup.options.maybe,
		firstRows: await listFirstRows(ctx, item, FIRST_ROWS),
		maybes: maybes.slice(0, MAYBES).map((one) => ({ ...one, once: crypto.randomUUID() })),
		moreAfter: maybes.length > MAYBES ? maybes[MAYBES - 1]!.position : null
	};
}

export const actions: Actions = {
	choose: choosing(false),
	check: choosing(true),
	decide: commandAction({
		here: itemHere,
		form: decideForm,
		run: (ctx, { data: { position = null, decision }, here, once }) =>
			decide(ctx, here.id, { once, position, decision }),
		refused: PROGRESS_REFUSALS,
		to: (_, { data: { position }, here, event }) => {
			const back = new URLSearchParams();
			const after = event.url.searchParams.get('after');
			if (after) back.set('after', after);
			const place = position === undefined ? 'maybes' : `maybe-${position}`;
			return `/imports/${here.id}?${back}#${place}`;
		}
	}),
	run: commandAction({
		here: itemHere,
		form: runForm,
		run: (ctx, { data: { version, audience }, here, once }) =>
			startRun(ctx, here.id, { once, version, audiences: audience ?? {} }),
		refused: PROGRESS_REFUSALS,
		to: (_, { here, event }) => onwards(event, here)
	}),
	stop: pressing(cancelRun),
	undo: pressing(startUndo),
	drop: commandAction({
		here: itemHere,
		form: nothingMore,
		run: (ctx, { here, once }) => dropImport(ctx, { id: here.id }, once),
		refused: DROP_REFUSALS,
		to: () => '/imports?done=import_dropped'
	})
};

/** Keeps what is chosen about the file; `whole` says that nothing is missing, and looks at the rows. */
function choosing(whole: boolean) {
	return commandAction({
		here: itemHere,
		form: columnsForm,
		run: async (
			ctx,
			{ data: choices, here: { id }, once }
		): Promise<Outcome<{ isNewShape: boolean }, ChooseRefusal | ProgressRefusal | KeyReused>> => {
			const chosen = await chooseColumns(ctx, { id, choices, whole }, once);
			if (!chosen.ok || !whole || chosen.done.isNewShape) return chosen;
			const started = await startCheck(ctx, id, { once: `${once} check` });
			return started.ok || started.refusal.reason === 'wrong_stage' ? chosen : started;
		},
		refused: { ...PROGRESS_REFUSALS, ...CHOOSE_REFUSALS },
		to: ({ isNewShape }, { here, event }) =>
			!whole || isNewShape ? `/imports/${here.id}?again` : onwards(event, here)
	});
}

function pressing(start: typeof startUndo) {
	return commandAction({
		here: itemHere,
		form: nothingMore,
		run: (ctx, { here, once }) => start(ctx, here.id, { once }),
		refused: PROGRESS_REFUSALS,
		to: (_, { here, event }) => onwards(event, here)
	});
}

async function onwards(event: RequestEvent, { id }: Import): Promise<string> {
	await goOn(event.locals.services, id, AT_ONCE_MS);
	return `/imports/${id}`;
}

async function itemHere({ locals, params }: RequestEvent): Promise<Import> {
	const item = await findImport(ctxOf(locals), params.id);
	return item ?? error(404, m.error_not_found());
}
