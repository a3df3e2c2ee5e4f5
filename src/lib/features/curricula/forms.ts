import { z } from 'zod';
import { id, line, texts, whole } from '#lib/platform/forms/fields.ts';
import {
	AUDIENCES,
	CARE_LAYERS,
	CURRICULUM_TYPES,
	STRANDS
} from '#lib/platform/db/vocabularies.ts';
import { moveOf } from './outline.rules.ts';
import { PICTURES } from './types.ts';

/** Which state of a row was changed: somebody else may have been first. */
const version = whole(1, 1_000_000);
/** Whoever sends it says that all languages say the same now. */
const isSame = z.literal('yes').optional();

const about = {
	...texts('name', 120),
	type: z.enum(CURRICULUM_TYPES, { error: 'choose' }),
	layer: z.enum([...CARE_LAYERS, 'none'], { error: 'choose' }),
	audience: z.enum(AUDIENCES, { error: 'choose' })
};

/** A new curriculum: what it is, and what its first draft holds. */
export const curriculumForm = z
	.strictObject({ ...about, from: z.enum(['blank', 'template'], { error: 'choose' }) })
	.refine(isSaid('name'), { path: ['name_en'], error: 'required' });

export const curriculumEditForm = z
	.strictObject({ ...about, version, isSame })
	.refine(isSaid('name'), { path: ['name_en'], error: 'required' });

/** A table pasted from a spreadsheet; what is wrong in its cells is said by `paste.rules.ts`. */
export const pasteForm = z
	.strictObject({ ...about, table: z.string({ error: 'required' }).max(20_000, 'too_long') })
	.refine(isSaid('name'), { path: ['name_en'], error: 'required' });

export const moduleForm = z
	.strictObject(texts('name', 120))
	.refine(isSaid('name'), { path: ['name_en'], error: 'required' });

export const moduleEditForm = z
	.strictObject({ module: id(), version, isSame, ...texts('name', 120) })
	.refine(isSaid('name'), { path: ['name_en'], error: 'required' });

export const moduleChoice = z.strictObject({ module: id() });

/** A new session plan: the rest is written on its page. `module` empty: it belongs to none. */
export const newPlanForm = z
	.strictObject({
		module: id().optional(),
		minutes: whole(5, 720, 'minutes'),
		...texts('title', 120)
	})
	.refine(isSaid('title'), { path: ['title_en'], error: 'required' });

export const planChoice = z.strictObject({ plan: id() });

/** One step up or down, `plan:ID:up`, `module:ID:down`; or dropped, `plan:ID:MODULE:BEFORE`, both of which may be blank. */
export const moveForm = z.strictObject({
	move: z
		.string({ error: 'choose' })
		.max(200, 'choose')
		.regex(/^(plan|module):[0-9a-z-]+:(up|down)$|^plan:[0-9a-z-]+:[0-9a-z-]*:[0-9a-z-]*$/, 'choose')
		.transform(moveOf)
});

export const planForm = z
	.strictObject({
		version,
		isSame,
		minutes: whole(5, 720, 'minutes'),
		strand: z.enum([...STRANDS.filter((strand) => strand !== ''), 'all'], { error: 'choose' }),
		picture: z.enum([...PICTURES, 'none'], { error: 'choose' }),
		...texts('title', 120),
		...texts('objectives', 1000),
		...texts('materials', 1000),
		...texts('variants', 2000),
		...texts('notes', 4000)
	})
	.refine(isSaid('title'), { path: ['title_en'], error: 'required' });

const activity = {
	minutes: whole(1, 720, 'minutes'),
	...texts('title', 120),
	...texts('children', 2000),
	...texts('says', 2000),
	...texts('younger', 2000),
	...texts('older', 2000)
};

/** What a picture shows, for who does not see it. */
export const pictureForm = z.strictObject({ shows: line(200) });

export const activityForm = z
	.strictObject(activity)
	.refine(isSaid('title'), { path: ['title_en'], error: 'required' });

export const activityEditForm = z
	.strictObject({ activity: id(), version, isSame, ...activity })
	.refine(isSaid('title'), { path: ['title_en'], error: 'required' });

export const activityMoveForm = z.strictObject({
	activity: id(),
	to: z.enum(['up', 'down'], { error: 'choose' })
});

export const activityChoice = z.strictObject({ activity: id() });

export const ruleForm = z.strictObject({
	reachedCount: whole(1, 999),
	engagedCount: whole(1, 999),
	engagedPct: whole(1, 100, 'percent'),
	completedPct: whole(1, 100, 'percent'),
	droppedCount: whole(1, 999)
});

/** Nothing but the button. */
export const goForm = z.strictObject({});

/** A cycle whose remaining sessions go on to a version. */
export const cycleChoice = z.strictObject({ cycle: id() });

/** True when a text is said in one language at least. */
function isSaid(field: string) {
	return (data: Record<string, unknown>) =>
		Object.entries(data).some(([name, text]) => name.startsWith(`${field}_`) && Boolean(text));
}
