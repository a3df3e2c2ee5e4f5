import { error, type RequestEvent } from '@sveltejs/kit';
import { superValidate } from 'sveltekit-superforms';
import { zod4 } from 'sveltekit-superforms/adapters';
import type { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { withoutPasswords, type Typed } from './kept.server.ts';
import { readBody } from './body.server.ts';
import { fieldErrorText } from './errors.ts';
import type { FormView } from './view.ts';

const MOST_FIELDS = 200;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 20_000;
const KEY = /^[0-9a-f-]{36}$/;

/** A form read and checked, or what to show again: every typed value, and an error beside each wrong field. */
export type ReadForm<Data> =
	| {
			ok: true;
			data: Data;
			once: string;
			again(errors?: Record<string, string>, message?: string): FormView;
	  }
	| { ok: false; form: FormView };

/** A fresh form: the given values, or what was kept when a login ended while typing. */
export function openForm(event: Pick<RequestEvent, 'locals'>, values: Typed = {}): FormView {
	const kept = event.locals.kept;
	return {
		once: crypto.randomUUID(),
		values: { ...values, ...kept?.values },
		errors: {},
		...(kept && { kept: kept.id })
	};
}

/**
 * The only way a posted form comes in. Bounds its size, drops the keys superforms reads by itself,
 * folds `name.key` into records and repeated names into lists, then checks it against the schema.
 * A kept form that was sent again is forgotten by `handle` once all went well; `again` keeps it. What is shown
 * again comes without passwords.
 * Answers 400 to what is not a form at all, 413 to one that is too large.
 */
export async function readForm<Schema extends z.ZodObject>(
	event: RequestEvent,
	schema: Schema
): Promise<ReadForm<z.output<Schema>>> {
	return readFields(event, await readBody(event.request), schema);
}

/** What `readForm` does once the body is there. */
export async function readFields<Schema extends z.ZodObject>(
	event: RequestEvent,
	body: Iterable<[string, FormDataEntryValue]>,
	schema: Schema
): Promise<ReadForm<z.output<Schema>>> {
	const typed = collect(body) ?? error(413, m.error_too_large());
	event.locals.typed = withoutPasswords(typed);
	const { once, kept, ...values } = typed;
	const key = typeof once === 'string' && KEY.test(once) ? once : crypto.randomUUID();
	const keptId =
		event.locals.actor && typeof kept === 'string' && KEY.test(kept) ? kept : undefined;
	const again = (errors: Record<string, string> = {}, message?: string): FormView => {
		event.locals.sentAgain = undefined;
		return {
			once: key,
			values: withoutPasswords(values),
			errors,
			...(message && { message }),
			...(keptId && { kept: keptId })
		};
	};
	const checked = await check(fold(values, schema), schema);
	if (!checked.ok) return { ok: false, form: again(checked.errors, m.form_check_fields()) };
	event.locals.sentAgain = keptId;
	return { ok: true, data: checked.data, once: key, again };
}

/** A wish carried by the address instead of a post: the same bounds and checks, nothing thrown. */
export async function readQuery<Schema extends z.ZodObject>(
	url: URL,
	schema: Schema
): Promise<
	| { ok: true; data: z.output<Schema>; values: Typed }
	| { ok: false; errors: Record<string, string>; values: Typed }
> {
	const values = collect([...url.searchParams].filter(([name]) => name in schema.shape));
	if (!values) return { ok: false, errors: {}, values: {} };
	return { ...(await check(fold(values, schema), schema)), values };
}

/** The posted fields as text; files and superforms' own keys are dropped. Answers 400 or 413 when it cannot be. */
export async function readTyped(request: Request): Promise<Typed> {
	return collect(await readBody(request)) ?? error(413, m.error_too_large());
}

/**
 * Names and values gathered, repeated names as lists; undefined when there are too many or too long.
 * Names that begin with two underscores, at any depth, are superforms' own or JavaScript's and dropped; so
 * is NUL, which nobody types and PostgreSQL does not take.
 */
function collect(entries: Iterable<[string, FormDataEntryValue]>): Typed | undefined {
	const typed = new Map<string, string | string[]>();
	let count = 0;
	for (const [name, value] of entries) {
		if (/(^|\.)__/.test(name) || typeof value !== 'string') continue;
		count += 1;
		if (count > MOST_FIELDS || name.length > LONGEST_NAME || value.length > LONGEST_VALUE)
			return undefined;
		const text = value.replaceAll('\0', '');
		const earlier = typed.get(name);
		typed.set(name, earlier === undefined ? text : [earlier, text].flat());
	}
	return Object.fromEntries(typed);
}

async function check<Schema extends z.ZodObject>(input: Record<string, unknown>, schema: Schema) {
	let result;
	try {
		// Strict: a field that is missing is an error, where superforms would put a default in its place.
		result = await superValidate(input as never, zod4(schema), { strict: true });
	} catch {
		error(400, m.error_not_a_form());
	}
	if (result.valid) return { ok: true as const, data: result.data as z.output<Schema> };
	const parsed = schema.safeParse(input);
	const errors: Record<string, string> = {};
	for (const issue of parsed.error?.issues ?? []) {
		const name = issue.path.slice(0, 2).join('.');
		errors[name] ??= fieldErrorText(issue.message);
	}
	return { ok: false as const, errors };
}

/** Text fields shaped as the schema wants them: lists stay lists, `mark.ID` becomes a record, blanks are absent. */
function fold(values: Typed, schema: z.ZodObject): Record<string, unknown> {
	const input: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(schema.shape)) {
		const kind = kindOf(field as z.ZodType);
		if (kind === 'array') input[name] = listOf(values[name]);
		else if (kind === 'record') input[name] = recordOf(values, `${name}.`);
		else {
			const value = values[name];
			const one = Array.isArray(value) ? value.at(-1) : value;
			if (one !== undefined && one !== '') input[name] = one;
		}
	}
	return input;
}

function kindOf(field: z.ZodType): string {
	const def = field._zod.def as { type: string; innerType?: z.ZodType; in?: z.ZodType };
	const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined);
	return inner ? kindOf(inner) : def.type;
}

function listOf(value: string | string[] | undefined): string[] {
	return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function recordOf(values: Typed, prefix: string): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([name]) => name.startsWith(prefix))
			.map(([name, value]) => [
				name.slice(prefix.length),
				Array.isArray(value) ? (value.at(-1) ?? '') : value
			])
	);
}
