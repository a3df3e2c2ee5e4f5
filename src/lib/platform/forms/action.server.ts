import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import type { KeyReused, Outcome } from '../command/command.ts';
import type { Context } from '../command/context.ts';
import { ctxOf } from '../command/who.ts';
import type { Locale } from '../i18n/locale.ts';
import { readForm, type ReadForm } from './form.server.ts';
import type { Refusals, Told, Words } from './refusals.ts';
import type { FormView } from './view.ts';

/** A form that was sent to an action and read. */
export interface Submission<Data, Event extends RequestEvent, Here = undefined> extends Pick<
	Extract<ReadForm<Data>, { ok: true }>,
	'data' | 'once' | 'again'
> {
	event: Event;
	locale: Locale;
	/** What the address names. */
	here: Here;
}

interface FormOptions<Schema, Event, Here, As> {
	form: Schema;
	/** The key of the action's answer under which the page finds the form; `form` unless said. */
	as?: As;
	/** Finds what the address names before the form is read; throws 404 where there is none. */
	here?: (event: Event) => Promise<Here>;
}

interface CommandOptions<
	Schema extends z.ZodObject,
	Event extends RequestEvent,
	Here,
	As,
	Done,
	Refusal extends { reason: string },
	More
> extends FormOptions<Schema, Event, Here, As> {
	run: (
		ctx: Context,
		sent: Submission<z.output<Schema>, Event, Here>
	) => Promise<Outcome<Done, Refusal | KeyReused>>;
	refused: Refusals<Refusal>;
	/** What the page shows beside the refused form. */
	showing?: (refusal: Refusal, sent: Submission<z.output<Schema>, Event, Here>) => Promise<More>;
}

interface Leading<Schema extends z.ZodObject, Event extends RequestEvent, Here, Done> {
	/** Where it leads once done. */
	to: (done: Done, sent: Submission<z.output<Schema>, Event, Here>) => string | Promise<string>;
}

interface Answering<Schema extends z.ZodObject, Event extends RequestEvent, Here, Done, Answer> {
	/** What the page shows once done. */
	answer: (done: Done, sent: Submission<z.output<Schema>, Event, Here>) => Promise<Answer>;
}

type Shown<As extends string> = Record<As, FormView>;

/**
 * An action that reads a form and does something with it. What does not read is shown again with an error beside
 * each wrong field, 422; the rest is the action's own. Throws as `readForm` does.
 */
export function formAction<
	Schema extends z.ZodObject,
	Event extends RequestEvent,
	Answer,
	Here = undefined,
	const As extends string = 'form'
>(
	options: FormOptions<Schema, Event, Here, As>,
	work: (sent: Submission<z.output<Schema>, Event, Here>) => Promise<Answer>
): (event: Event) => Promise<Answer | ActionFailure<Shown<As>>> {
	return async (event) => {
		const here = (await options.here?.(event)) as Here;
		const read = await readForm(event, options.form);
		if (!read.ok) return fail(422, shownAs(options, read.form));
		return work({ ...read, event, here, locale: event.locals.locale });
	};
}

/**
 * An action that runs a command: reads its form, runs it, and leads on by 303; or shows the form again with why
 * not, in words. 422 where fields are wrong, 409 for other refusals, 404 where a refusal says `gone`.
 */
export function commandAction<
	Schema extends z.ZodObject,
	Event extends RequestEvent,
	Done,
	// Before the command's own is known, none: so that words are not measured by any refusal there can be.
	Refusal extends { reason: string } = never,
	Here = undefined,
	const As extends string = 'form',
	More = Record<never, never>
>(
	options: CommandOptions<Schema, Event, Here, As, Done, Refusal, More> &
		Leading<Schema, Event, Here, Done>
): (event: Event) => Promise<ActionFailure<Shown<As>> | ActionFailure<Shown<As> & Partial<More>>> {
	return answeringAction({
		...options,
		answer: async (done, sent): Promise<never> => redirect(303, await options.to(done, sent))
	});
}

/** `commandAction` for what must be in the answer to the form and nowhere else, as a link shown once. */
export function answeringAction<
	Schema extends z.ZodObject,
	Event extends RequestEvent,
	Done,
	Answer,
	Refusal extends { reason: string } = never,
	Here = undefined,
	const As extends string = 'form',
	More = Record<never, never>
>(
	options: CommandOptions<Schema, Event, Here, As, Done, Refusal, More> &
		Answering<Schema, Event, Here, Done, Answer>
): (
	event: Event
) => Promise<Answer | ActionFailure<Shown<As>> | ActionFailure<Shown<As> & Partial<More>>> {
	return formAction(options, async (sent) => {
		const outcome = await options.run(ctxOf(sent.event.locals), sent);
		if (outcome.ok) return options.answer(outcome.done, sent);
		const { refusal } = outcome;
		const { status, form } = refusedForm(options.refused, refusal, sent.again);
		const more: Partial<More> = isKeyReused(refusal)
			? {}
			: ((await options.showing?.(refusal, sent)) ?? {});
		return fail(status, { ...shownAs(options, form), ...more });
	});
}

/** The form of a command that refused, to be shown again with why. */
export function refusedForm<Refusal extends { reason: string }>(
	refusals: Refusals<Refusal>,
	refusal: Refusal | KeyReused,
	again: Extract<ReadForm<unknown>, { ok: true }>['again']
): { status: number; form: FormView } {
	const { status, message, errors, values } = tell(refusals, refusal);
	const form = again(errors, message);
	return { status, form: { ...form, values: { ...form.values, ...values } } };
}

/** What a refusal says, whole. */
function tell<Refusal extends { reason: string }>(
	refusals: Refusals<Refusal>,
	refusal: Refusal | KeyReused
): Told & { status: number } {
	const told = isKeyReused(refusal) ? m.form_key_reused() : wordsFor(refusals, refusal)(refusal);
	if (typeof told === 'string') return { status: 409, message: told };
	return told.errors
		? { status: 422, message: m.form_check_fields(), ...told }
		: { status: 409, ...told };
}

/** The words under a reason take refusals of that reason, which the compiler cannot follow. */
function wordsFor<Refusal extends { reason: string }>(
	refusals: Refusals<Refusal>,
	{ reason }: Refusal
): Words<Refusal> {
	return refusals[reason as keyof Refusals<Refusal>] as unknown as Words<Refusal>;
}

function isKeyReused(refusal: { reason: string }): refusal is KeyReused {
	return refusal.reason === 'key_reused';
}

function shownAs<As extends string>({ as }: { as?: As }, form: FormView): Shown<As> {
	return { [as ?? 'form']: form } as Shown<As>;
}
