import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { chooseColumns, dropImport } from '#lib/features/imports/commands.server.ts';
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
	listMaybes,
	type Import
} from '#lib/features/imports/queries.server.ts';
import { faultWord } from '#lib/features/imports/words.ts';
import type { KeyReused } from '#lib/platform/command/command.ts';
import { openForm, readForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { shapeShown, valuesOfColumns } from './view.ts';

/** A small file is through before the page comes back; the rest of a large one goes on behind it. */
const AT_ONCE_MS = 1500;
const FIRST_ROWS = 8;
const MAYBES = 20;

export const load: PageServerLoad = async (event) => {
	const item = await itemHere(event);
	const { locale } = event.locals;
	const ctx = event.locals.ctx!;
	const { id, kind, stage, fileName, counts, rowCount, version } = item;
	const isChoosing =
		stage === 'columns' || (stage === 'preview' && event.url.searchParams.has('columns'));
	const { zone } = await getSection(ctx, locale);
	return {
		item: { id, kind, stage, fileName, counts, rowCount, version },
		share: await howFar(ctx, item),
		mayUndo: stage === 'done' && (await canUndo(ctx, id)),
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
	const ctx = event.locals.ctx!;
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
	choose: (event) => choose(event, false),
	check: (event) => choose(event, true),
	decide: async (event) => {
		const { id } = await itemHere(event);
		const read = await readForm(event, decideForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { position = null, decision } = read.data;
		const outcome = await decide(event.locals.ctx!, id, { once: read.once, position, decision });
		if (!outcome.ok)
			return fail(409, { form: read.again({}, progressWords(outcome.refusal.reason)) });
		const back = new URLSearchParams();
		const after = event.url.searchParams.get('after');
		if (after) back.set('after', after);
		redirect(303, `/imports/${id}?${back}#${position === null ? 'maybes' : `maybe-${position}`}`);
	},
	run: async (event) => {
		const { id } = await itemHere(event);
		const read = await readForm(event, runForm);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await startRun(event.locals.ctx!, id, {
			once: read.once,
			version: read.data.version
		});
		if (outcome.ok) return onwards(event, id);
		return fail(409, { form: read.again({}, progressWords(outcome.refusal.reason)) });
	},
	stop: (event) => press(event, cancelRun),
	undo: (event) => press(event, startUndo),
	drop: async (event) => {
		const { id } = await itemHere(event);
		const read = await readForm(event, nothingMore);
		if (!read.ok) return fail(422, { form: read.form });
		const outcome = await dropImport(event.locals.ctx!, { id }, read.once);
		if (outcome.ok) redirect(303, '/imports?done=import_dropped');
		return fail(409, { form: read.again({}, progressWords(outcome.refusal.reason)) });
	}
};

async function choose(event: RequestEvent, whole: boolean) {
	const { id } = await itemHere(event);
	const read = await readForm(event, columnsForm);
	if (!read.ok) return fail(422, { form: read.form });
	const ctx = event.locals.ctx!;
	const outcome = await chooseColumns(ctx, { id, choices: read.data, whole }, read.once);
	if (!outcome.ok) {
		const { refusal } = outcome;
		if (refusal.reason !== 'faults')
			return fail(409, { form: read.again({}, progressWords(refusal.reason)) });
		const whole = refusal.faults.find(({ field }) => field === '');
		const errors = Object.fromEntries(
			refusal.faults.map(({ field, code }) => [field, faultWord(code)])
		);
		return fail(422, {
			form: read.again(errors, whole ? faultWord(whole.code) : m.form_check_fields())
		});
	}
	if (!whole || outcome.done.isNewShape) redirect(303, `/imports/${id}?again`);
	const started = await startCheck(ctx, id, { once: `${read.once} check` });
	if (started.ok || started.refusal.reason === 'wrong_stage') return onwards(event, id);
	return fail(409, { form: read.again({}, progressWords(started.refusal.reason)) });
}

async function press(event: RequestEvent, start: typeof startUndo) {
	const { id } = await itemHere(event);
	const read = await readForm(event, nothingMore);
	if (!read.ok) return fail(422, { form: read.form });
	const outcome = await start(event.locals.ctx!, id, { once: read.once });
	if (outcome.ok) return onwards(event, id);
	return fail(409, { form: read.again({}, progressWords(outcome.refusal.reason)) });
}

async function onwards(event: RequestEvent, id: string): Promise<never> {
	await goOn(event.locals.house, id, AT_ONCE_MS);
	redirect(303, `/imports/${id}`);
}

async function itemHere({ locals, params }: RequestEvent): Promise<Import> {
	const item = await findImport(locals.ctx!, params.id ?? '');
	return item ?? error(404, m.error_not_found());
}

function progressWords(reason: ProgressRefusal['reason'] | KeyReused['reason'] | 'changed') {
	return {
		not_found: m.error_not_found,
		wrong_stage: m.import_changed,
		changed_meanwhile: m.import_changed,
		nothing_to_undo: m.import_nothing_to_undo,
		changed: m.import_changed,
		key_reused: m.form_key_reused
	}[reason]();
}
