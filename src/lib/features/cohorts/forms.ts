import { z } from 'zod';
import { JOINED_WHY, LEFT_WHY } from '#lib/platform/db/vocabularies.ts';
import { date, id, line, whole } from '#lib/platform/forms/fields.ts';

/** The least that is needed to count someone once (`domain.md` 6.7): a first name is enough. */
export const enrolForm = z.strictObject({
	name: line(80),
	birthYear: whole(1920, 2100, 'year'),
	sex: z.enum(['f', 'm', 'other'], { error: 'choose' }),
	/** Whoever is alike was looked at, and is somebody else. */
	anyway: z.enum(['yes'], { error: 'choose' }).optional(),
	/** Why they are to be in a cohort that is for other ages. */
	why: z.enum(JOINED_WHY, { error: 'choose' }).optional()
});

/** Someone who is known already, looked for and chosen. */
export const knownForm = z.strictObject({ words: line(100) });
export const knownChoice = z.strictObject({
	person: id(),
	why: z.enum(JOINED_WHY, { error: 'choose' }).optional()
});

/** Who leaves a cohort: the last day they belong to it, and why. */
export const leaveForm = z.strictObject({
	lastDay: date(),
	why: z.enum(LEFT_WHY, { error: 'choose' })
});

/** Who goes on in another cohort, from a day on. */
export const changeCohortForm = z.strictObject({
	cohort: id(),
	from: date(),
	why: z.enum(JOINED_WHY, { error: 'choose' }).optional()
});

/** Where a person goes, and whether they leave their cohorts at the old centre today. */
export const moveForm = z.strictObject({
	centre: id(),
	leave: z.enum(['yes'], { error: 'choose' }).optional(),
	version: whole(1, 1_000_000)
});

/** A cohort: its name in the reader's language, for whom it is, and the facilitators who run it. */
export const cohortForm = z
	.strictObject({
		name: line(80),
		audience: z.enum(['children', 'caregivers', 'staff'], { error: 'choose' }),
		ageFrom: whole(0, 120, 'age'),
		ageTo: whole(0, 120, 'age'),
		capacity: whole(1, 999, 'capacity'),
		facilitators: z.array(id()).max(20, 'choose')
	})
	.refine(({ ageFrom, ageTo }) => ageFrom <= ageTo, { path: ['ageTo'], error: 'ages_order' });

/** A cohort that is there: it can be closed too. */
export const cohortEditForm = cohortForm.safeExtend({
	status: z.enum(['open', 'closed'], { error: 'choose' }),
	/** Sessions still to come are cancelled with it. */
	cancel: z.enum(['yes'], { error: 'choose' }).optional()
});
