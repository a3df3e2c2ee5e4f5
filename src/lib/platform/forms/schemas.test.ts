import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const FILES = import.meta.glob<Record<string, unknown>>('/src/lib/**/forms.ts', { eager: true });
const SCHEMAS = Object.entries(FILES).flatMap(([file, exports]) =>
	Object.entries(exports)
		.filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
		.map(([name, schema]) => ({ name: `${name} of ${file}`, schema }))
);

/** What a schema leaves open, one line each: an object with unknown keys, a text, list or record without end. */
function openEnds(schema: z.ZodType, path = 'form'): string[] {
	const def = schema._zod.def as z.core.$ZodTypeDef & Record<string, never>;
	const inner = (part: unknown, name: string) => openEnds(part as z.ZodType, `${path}.${name}`);
	switch (def.type) {
		case 'object': {
			const { shape } = schema as z.ZodObject;
			const strict = (def['catchall'] as z.ZodType | undefined)?._zod.def.type === 'never';
			return [
				...(strict ? [] : [`${path} takes unknown keys`]),
				...Object.entries(shape).flatMap(([name, part]) => inner(part, name))
			];
		}
		case 'string':
			return (schema as z.ZodString).maxLength === null ? [`${path} is endless text`] : [];
		case 'array':
			return [
				...(hasMaximum(schema) ? [] : [`${path} is an endless list`]),
				...inner(def['element'], 'each')
			];
		case 'record':
			return [
				...(refusesThousand(schema as z.ZodRecord) ? [] : [`${path} is an endless record`]),
				...inner(def['keyType'], 'key'),
				...inner(def['valueType'], 'value')
			];
		case 'pipe':
			return [...inner(def['in'], 'in'), ...inner(def['out'], 'out')];
		case 'union':
			return (schema as z.ZodUnion).options.flatMap((one, at) => inner(one, `or${at}`));
		case 'optional':
		case 'nullable':
		case 'default':
		case 'readonly':
			return inner(def['innerType'], def.type);
		case 'enum':
		case 'literal':
		case 'boolean':
		case 'transform':
			return [];
		case 'number':
			return Number.isFinite((schema as z.ZodNumber).maxValue) ? [] : [`${path} is any number`];
		default:
			return [`${path} is a ${def.type}, which this test does not know`];
	}
}

function hasMaximum(schema: z.ZodType): boolean {
	const checks = schema._zod.def.checks ?? [];
	return checks.some(({ _zod }) => ['max_length', 'length_equals'].includes(_zod.def.check));
}

/** The ways in which forms name what a record holds: by id or place, by item, by sheet and item. */
const KEYS = ['', 'k_', '1.k_'];
const VALUES = ['', '1', '2026-01-01', 'self'];

/**
 * A record's end is a refinement, which can only be tried: with keys and a value that are taken alone. Without any
 * such it counts as endless.
 */
function refusesThousand(schema: z.ZodRecord): boolean {
	const kinds = KEYS.map((key) => Array.from({ length: 1000 }, (_, at) => `${key}${at}`));
	const keys = kinds.find((all) => all.every((key) => z.safeParse(schema.keyType, key).success));
	const values = (schema.valueType as Partial<z.ZodEnum>).def?.entries ?? VALUES;
	const value = Object.values(values).find((one) => z.safeParse(schema.valueType, one).success);
	if (!keys || value === undefined || !schema.safeParse({ [keys[0]!]: value }).success)
		return false;
	return !schema.safeParse(Object.fromEntries(keys.map((key) => [key, value]))).success;
}

describe('every form', () => {
	it('is found', () => {
		expect(SCHEMAS.length).toBeGreaterThanOrEqual(7);
	});

	it.each(SCHEMAS)('has an end in every part: $name', ({ schema }) => {
		expect(openEnds(schema)).toEqual([]);
	});
});

describe('a form without an end', () => {
	it.each([
		['text', z.strictObject({ a: z.string() })],
		['text behind a transform', z.strictObject({ a: z.string().transform(Number) })],
		['a list', z.strictObject({ a: z.array(z.enum(['x'])).optional() })],
		['a record', z.strictObject({ a: z.record(z.string().max(9), z.enum(['x'])) })],
		[
			'a record under keys of a kind',
			z.strictObject({
				a: z.record(
					z
						.string()
						.max(9)
						.regex(/^\d\.[a-z]+_\d+$/),
					z.literal('')
				)
			})
		],
		[
			'a record nobody can try',
			z.strictObject({
				a: z
					.record(z.string().max(9).regex(/^%$/), z.literal(''))
					.refine((all) => Object.keys(all).length < 9)
			})
		],
		['one part of a union', z.strictObject({ a: z.union([z.enum(['x']), z.string()]) })],
		['unknown keys', z.object({ a: z.string().max(3) })],
		['anything', z.strictObject({ a: z.unknown() })]
	])('is found out: %s', (_, schema) => {
		expect(openEnds(schema)).toHaveLength(1);
	});
});
