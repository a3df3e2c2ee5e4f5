import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { takeFile } from '#lib/features/imports/commands.server.ts';
import { takeForm } from '#lib/features/imports/forms.ts';
import { listImports } from '#lib/features/imports/queries.server.ts';
import { refusalWord } from '#lib/features/imports/words.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import { readUpload } from '#lib/platform/forms/upload.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = ctxOf(event.locals);
	const { zone } = await getSection(ctx, event.locals.locale);
	const imports = await listImports(ctx);
	return {
		zone,
		hasCentre: (await listCentres(ctx, event.locals.locale)).length > 0,
		imports: imports.map(({ id, kind, stage, fileName, counts, createdAt, createdBy }) => ({
			...{ id, kind, stage, fileName, createdAt, createdBy },
			verdicts: counts.verdicts
		})),
		form: openForm(event, { kind: 'people' })
	};
};

export const actions: Actions = {
	take: async (event) => {
		const read = await readUpload(event, takeForm);
		if (!read.ok) return fail(422, { form: read.form });
		const { sent } = read;
		if (!sent)
			return fail(422, { form: read.again({ file: m.import_nothing() }, m.form_check_fields()) });
		const outcome = await takeFile(ctxOf(event.locals), { kind: read.data.kind, sent }, read.once);
		if (outcome.ok) redirect(303, `/imports/${outcome.done.id}`);
		const { reason } = outcome.refusal;
		if (reason === 'key_reused') return fail(409, { form: read.again({}, m.form_key_reused()) });
		const field = sent.fileName ? 'file' : 'pasted';
		return fail(422, {
			form: read.again({ [field]: refusalWord(reason) }, m.import_not_read())
		});
	}
};
