import { z } from 'zod';
import { date, id, ids, line, names, whole } from '#lib/platform/forms/fields.ts';
import {
	ACTIVITY_STATUSES,
	BODY_KINDS,
	KINDS_OF_ACTION,
	OVERRIDE_STATES,
	UNPLANNED_REASONS
} from '#lib/platform/db/vocabularies.ts';
import { MADE_KINDS } from './types.ts';

/** Milestones of one outcome whose dates one form brings. */
const MOST_IN_A_LANE = 200;

const version = () => whole(1, 1_000_000_000, 'choose');
const yes = () => z.enum(['yes'], { error: 'choose' }).optional();

/** Somebody reads the name in one language at least. */
const isNamed = (typed: { name_en?: string; name_fr?: string; name_ar?: string }) =>
	Boolean(typed.name_en ?? typed.name_fr ?? typed.name_ar);
const unnamed = { path: ['name_en'], error: 'required' };
const isInOrder = ({ starts, ends }: { starts: string; ends: string }) => starts <= ends;
const endsFirst = { path: ['ends'], error: 'dates_order' };

export const cycleChoice = z.strictObject({ cycle: id() });

/** A cycle and the milestone it serves. */
export const servingForm = z.strictObject({ cycle: id(), milestone: id() });

/** What a milestone is closed with. */
export const closeForm = z.strictObject({
	version: version(),
	reached: date(),
	evidence: line(1000),
	confirmed: line(120)
});

export const reopenForm = z.strictObject({ version: version() });

const named = names(120);
const period = { starts: date(), ends: date() };

export const roadmapForm = z
	.strictObject({ ...named, ...period })
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst);

export const roadmapEditForm = z
	.strictObject({ version: version(), ...named, ...period })
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst);

export const outcomeForm = z.strictObject({ ...named }).refine(isNamed, unnamed);

export const outcomeEditForm = z
	.strictObject({ outcome: id(), version: version(), ...named })
	.refine(isNamed, unnamed);

export const outcomeChoice = z.strictObject({ outcome: id() });

export const outcomeMove = z.strictObject({
	outcome: id(),
	way: z.enum(['up', 'down'], { error: 'choose' })
});

const milestone = {
	...named,
	...period,
	outcome: id(),
	kind: z.enum(MADE_KINDS, { error: 'choose' }),
	target: id().optional(),
	body: id().optional(),
	project: ids(20),
	fromChildren: yes()
};
const hasTarget = ({ kind, target }: { kind: string; target?: string }) =>
	kind !== 'target' || target !== undefined;
const noTarget = { path: ['target'], error: 'choose' };

export const milestoneForm = z
	.strictObject(milestone)
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst)
	.refine(hasTarget, noTarget);

/** `move`: whether what follows moves with it, once it was shown. */
const change = {
	reason: line(300).optional(),
	move: z.enum(['along', 'alone'], { error: 'choose' }).optional()
};

export const milestoneEditForm = z
	.strictObject({
		version: version(),
		...milestone,
		...change,
		after: z.array(id()).max(50, 'choose')
	})
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst)
	.refine(hasTarget, noTarget);

/** A value for each milestone of a lane. */
function ofMilestones<Value extends z.ZodType>(value: Value) {
	return z
		.record(id(), value)
		.refine((all) => Object.keys(all).length <= MOST_IN_A_LANE, 'too_long');
}

/** A lane as a table: the dates of its milestones by their ids, each with the version they were read at. */
export const datesForm = z.strictObject({
	outcome: id(),
	version: ofMilestones(version()),
	starts: ofMilestones(date()),
	ends: ofMilestones(date()),
	...change
});

const activity = {
	...named,
	...period,
	body: id().optional(),
	action: z.enum(KINDS_OF_ACTION, { error: 'choose' }).optional(),
	status: z.enum(ACTIVITY_STATUSES, { error: 'choose' })
};

export const activityForm = z
	.strictObject(activity)
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst);

export const activityEditForm = z
	.strictObject({ activity: id(), version: version(), ...activity, reason: change.reason })
	.refine(isNamed, unnamed)
	.refine(isInOrder, endsFirst);

export const activityChoice = z.strictObject({ activity: id() });

export const removeForm = z.strictObject({});

export const bodyForm = z
	.strictObject({ ...named, kind: z.enum(BODY_KINDS, { error: 'choose' }) })
	.refine(isNamed, unnamed);

/** A state against the rule, with the last day it holds. */
export const overrideForm = z.strictObject({
	state: z.enum(OVERRIDE_STATES, { error: 'choose' }),
	why: line(300),
	until: date()
});

/** An https address without a login in it, whatever it leads to. */
export const evidenceForm = z.strictObject({
	name: line(120),
	address: line(500).refine(isSafeAddress, 'https'),
	activity: id().optional()
});

/** What a file shows: a title of its own, since names of files name people. */
export const evidenceFileForm = z.strictObject({ name: line(120), activity: id().optional() });

export const evidenceChoice = z.strictObject({ evidence: id() });

/** A table pasted from a spreadsheet; what is wrong in its cells is said by `paste.rules.ts`. */
export const pasteForm = z.strictObject({
	table: z.string({ error: 'required' }).max(20_000, 'too_long')
});

export const statusForm = z.strictObject({
	activity: id(),
	status: z.enum(ACTIVITY_STATUSES, { error: 'choose' })
});

/** What a partner would change: words, and other dates if it is about those. `item`: a milestone or an activity. */
export const suggestionForm = z
	.strictObject({
		item: id(),
		words: line(500),
		starts: date().optional(),
		ends: date().optional()
	})
	.refine(({ starts, ends }) => (starts === undefined) === (ends === undefined), {
		path: ['ends'],
		error: 'required'
	})
	.refine(({ starts = '', ends = '' }) => starts <= ends, endsFirst);

export const acceptForm = z.strictObject({ suggestion: id(), answer: line(300).optional() });

/** Who declines says why: the partner reads it. */
export const declineForm = z.strictObject({ suggestion: id(), answer: line(300) });

export const unplannedForm = z.strictObject({
	cycle: id(),
	reason: z.enum(UNPLANNED_REASONS, { error: 'choose' })
});

/** True for `https://host…` with a host that has a dot and neither name nor password before it. */
export function isSafeAddress(typed: string): boolean {
	const url = URL.parse(typed);
	return (
		url?.protocol === 'https:' &&
		url.username === '' &&
		url.password === '' &&
		url.hostname.includes('.')
	);
}
