import { z } from 'zod';
import { CONSENTS, HANDOVER_CHANNELS, URGENCIES } from '#lib/platform/db/vocabularies.ts';
import { date, id, time } from '#lib/platform/forms/fields.ts';
import { NOTICED } from './raising.rules.ts';
import { MOST_GROUPED } from './rules.ts';

/** The concerns a focal point takes or closes: one, or a whole group. */
export const concernsChoice = z.strictObject({
	concernId: z.array(id()).min(1, 'choose').max(MOST_GROUPED, 'choose')
});

/** The same, with the way somebody else was told of them, and that a child's no was overridden. */
export const handoverForm = concernsChoice.extend({
	channel: z.enum(HANDOVER_CHANNELS, { error: 'choose' }),
	override: z.enum(['yes'], { error: 'choose' }).optional()
});

/** A colleague is worried about a child: nothing but picks, and no name. */
export const raiseForm = z
	.strictObject({
		urgency: z.enum(URGENCIES, { error: 'choose' }),
		noticed: z.enum(NOTICED, { error: 'choose' }),
		time: time().optional(),
		date: date().optional(),
		centre: id().optional(),
		wishAsked: z.enum(['yes', 'no'], { error: 'choose' }),
		consent: z.enum(CONSENTS, { error: 'choose' }),
		aboutStaff: z.enum(['yes'], { error: 'choose' }).optional()
	})
	.refine(({ noticed, time }) => noticed !== 'today' || time, { path: ['time'], error: 'required' })
	.refine(({ noticed, date }) => noticed !== 'before' || date, {
		path: ['date'],
		error: 'required'
	})
	.refine(({ consent, urgency }) => consent !== 'overridden' || urgency === 'imminent', {
		path: ['consent'],
		error: 'override'
	});
