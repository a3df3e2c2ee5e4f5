import { listCentres } from '#lib/features/centres/queries.server.ts';
import { readerChoice, readerForm } from '#lib/features/feedback/forms.ts';
import { nameReader, removeReader } from '#lib/features/feedback/readers.commands.server.ts';
import { listNameable, listNamedReaders } from '#lib/features/feedback/readers.queries.server.ts';
import { countUnreadable } from '#lib/features/feedback/reading.queries.server.ts';
import { READER_REFUSALS } from '#lib/features/feedback/refusals.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/settings/readers';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const ctx = ctxOf(event.locals);
	return {
		readers: (await listNamedReaders(ctx, locale)).map((one) => ({
			...one,
			once: crypto.randomUUID()
		})),
		nameable: await listNameable(ctx, locale),
		centres: (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name })),
		unreadable: await countUnreadable(ctx),
		form: openForm(event)
	};
};

export const actions: Actions = {
	name: commandAction({
		form: readerForm,
		run: (ctx, { data, once }) => nameReader(ctx, data, once),
		refused: READER_REFUSALS,
		to: () => `${PAGE}?done=reader_named`
	}),
	remove: commandAction({
		form: readerChoice,
		as: 'removed',
		run: (ctx, { data, once }) => removeReader(ctx, data, once),
		refused: READER_REFUSALS,
		to: () => `${PAGE}?done=reader_removed`
	})
};
