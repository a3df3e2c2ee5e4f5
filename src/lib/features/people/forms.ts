import { z } from 'zod';
import { id, line, time, whole } from '#lib/platform/forms/fields.ts';
import {
	CONTACT_WAYS,
	KINDS,
	LANGUAGES,
	NEW_KINDS,
	POPULATION_GROUPS,
	RELATIONS
} from './types.ts';

/** What may be known of a person, and no more (`domain.md` 6.7). Import reads its cells by the same fields. */
export const personFields = {
	name: line(80),
	birthYear: whole(1920, 2100, 'year'),
	birthMonth: whole(1, 12).optional(),
	sex: z.enum(['f', 'm', 'other'], { error: 'choose' }),
	populationGroup: z.enum(POPULATION_GROUPS, { error: 'choose' }).optional(),
	language: z.enum(LANGUAGES, { error: 'choose' }).optional(),
	needs: line(200).optional(),
	code: line(40).optional()
};

/** Which people a page lists; carried by the address, so never a name. */
export const amongForm = z.strictObject({
	centre: id().optional(),
	kind: z.enum(KINDS, { error: 'choose' }).optional(),
	page: whole(1, 10_000).optional()
});

/** Who is looked for, by name or own number; posted, so that no name is in an address. */
export const findForm = z.strictObject({
	words: line(100),
	centre: id().optional(),
	kind: z.enum(KINDS, { error: 'choose' }).optional()
});

/** A person without a cohort; `anyway` says that whoever is alike was looked at, and is somebody else. */
export const newPersonForm = z.strictObject({
	...personFields,
	centre: id(),
	kind: z.enum(NEW_KINDS, { error: 'choose' }),
	anyway: z.enum(['yes'], { error: 'choose' }).optional()
});

/** What is known of a person, changed; the version it was opened at. */
export const editPersonForm = z.strictObject({ ...personFields, version: whole(1, 1_000_000) });

const guardianFields = {
	name: line(80),
	relation: z.enum(RELATIONS, { error: 'choose' }),
	phone: line(30).optional(),
	contactWay: z.enum(CONTACT_WAYS, { error: 'choose' }),
	safeFrom: time().optional(),
	safeUntil: time().optional()
};

/** Who is responsible for someone, and how and when it is safe to reach them. */
export const guardianForm = z.strictObject(guardianFields).superRefine(checkContact);
export const editGuardianForm = z
	.strictObject({ ...guardianFields, guardian: id(), version: whole(1, 1_000_000) })
	.superRefine(checkContact);
export const guardianChoice = z.strictObject({ guardian: id() });

/** A call needs a number, and safe hours a beginning before their end. */
function checkContact(
	typed: {
		phone?: string | undefined;
		contactWay: string;
		safeFrom?: string | undefined;
		safeUntil?: string | undefined;
	},
	{ addIssue }: z.RefinementCtx
): void {
	const wrong = (name: string, message: string) =>
		addIssue({ code: 'custom', path: [name], message });
	const { phone, contactWay, safeFrom, safeUntil } = typed;
	if (!phone && (contactWay === 'call' || contactWay === 'message')) wrong('phone', 'required');
	if (safeFrom && !safeUntil) wrong('safeUntil', 'required');
	if (safeUntil && !safeFrom) wrong('safeFrom', 'required');
	if (safeFrom && safeUntil && safeUntil <= safeFrom) wrong('safeUntil', 'ends_first');
}

/** A child of the register somebody is responsible for, and how they are related. */
export const careForm = z.strictObject({
	child: id(),
	relation: z.enum(RELATIONS, { error: 'choose' })
});
export const careChoice = z.strictObject({ child: id() });
