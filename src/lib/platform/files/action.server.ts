import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import type { KeyReused, Outcome } from '../command/command.ts';
import type { Context } from '../command/context.ts';
import { ctxOf } from '../command/who.ts';
import { refusedForm } from '../forms/action.server.ts';
import type { Refusals } from '../forms/refusals.ts';
import { readUpload } from '../forms/upload.server.ts';
import type { FormView } from '../forms/view.ts';
import type { Locale } from '../i18n/locale.ts';
import { takeIn, type KeptFile } from './rows.ts';
import { answerWith } from './serve.ts';
import type { FileType } from './types.ts';
import { FILE_REFUSAL_WORDS } from './words.ts';

interface FileOptions<
	Schema extends z.ZodObject,
	Event extends RequestEvent,
	Done,
	Refusal extends { reason: string },
	Here
> {
	/** Finds what the address names before the form is read; throws 404 where there is none. */
	here?: (event: Event) => Promise<Here>;
	form: Schema;
	accepted: readonly FileType[];
	run: (
		ctx: Context,
		sent: {
			data: z.output<Schema>;
			file: KeptFile;
			here: Here;
			once: string;
			locale: Locale;
			event: Event;
		}
	) => Promise<Outcome<Done, Refusal | KeyReused>>;
	refused: Refusals<Refusal>;
	to: (done: Done, event: Event) => string;
}

/**
 * `commandAction` for a form with one file: the file is looked through and kept before the command begins, and has
 * its row when that ends. Only at addresses that `sizes.ts` names.
 */
export function fileAction<
	Schema extends z.ZodObject,
	Event extends RequestEvent,
	Done,
	Refusal extends { reason: string } = never,
	Here = undefined
>(options: FileOptions<Schema, Event, Done, Refusal, Here>) {
	const { form, accepted, run, refused, to } = options;
	return async (event: Event): Promise<ActionFailure<{ form: FormView }>> => {
		const here = (await options.here?.(event)) as Here;
		const read = await readUpload(event, form);
		if (!read.ok) return fail(422, { form: read.form });
		const { sent, data, once } = read;
		const { locals } = event;
		const beside = (words: string) =>
			fail(422, { form: read.again({ file: words }, m.form_check_fields()) });
		if (!sent?.fileName || sent.bytes.length === 0) return beside(m.file_missing());
		const taken = await takeIn(locals.services.files, sent.bytes, accepted);
		if ('refusal' in taken) return beside(FILE_REFUSAL_WORDS[taken.refusal]());
		const outcome = await run(ctxOf(locals), {
			...{ data, here, once, event, locale: locals.locale, file: taken.kept }
		});
		if (!outcome.ok) {
			const { status, form } = refusedForm(refused, outcome.refusal, read.again);
			return fail(status, { form });
		}
		await taken.again();
		redirect(303, to(outcome.done, event));
	};
}

/** Sends a file that was found within reach; 404 where there is none. */
export async function sendFile(
	{ locals, request }: RequestEvent,
	file: (KeptFile & { title: string }) | undefined,
	options: { mayKeep: boolean }
): Promise<Response> {
	const answer =
		file && (await answerWith(locals.services.files, { ...file, ...options }, request));
	return answer ?? error(404, m.error_not_found());
}
