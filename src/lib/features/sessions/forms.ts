import { z } from 'zod';
import { date, id, ids, time } from '#lib/platform/forms/fields.ts';
import { MOST_MOVES, MOVE } from './move.rules.ts';

const move = z
	.string()
	.max(100)
	.regex(MOVE, 'choose')
	.transform((text) => {
		const [, key, year, month, day, hour, minute, roomId] = MOVE.exec(text)!;
		return {
			key: key!,
			date: `${year}-${month}-${day}`,
			time: `${hour}:${minute}`,
			roomId: roomId ?? null
		};
	})
	.pipe(
		z.strictObject({
			key: z.string().max(4, 'choose'),
			date: date(),
			time: time(),
			roomId: id().nullable()
		})
	);

/** The planner's sentence, as its address and its confirmation carry it. */
export const planForm = z.strictObject({
	cohort: id(),
	version: id(),
	weekday: z
		.array(z.enum(['1', '2', '3', '4', '5', '6', '7'], { error: 'choose' }))
		.min(1, 'choose')
		.max(7, 'choose'),
	time: time(),
	room: id(),
	with: z
		.array(id())
		.min(1, 'choose')
		.max(10, 'too_long')
		.transform((ids) => [...new Set(ids)]),
	/** The mothers' half, where the curriculum has one: empty is as the girls'. */
	mothersTime: time().optional(),
	mothersRoom: id().optional(),
	mothersWith: z
		.array(id())
		.max(10, 'too_long')
		.transform((ids) => [...new Set(ids)]),
	from: date(),
	project: ids(20),
	move: z.array(move).max(MOST_MOVES, 'too_long'),
	/** What was doubtful is meant. */
	anyway: z.enum(['yes'], { error: 'choose' }).optional()
});

export type PlanInput = z.output<typeof planForm>;

/** Who runs which sessions of a day in whose place. */
export const substituteForm = z.strictObject({
	absent: id(),
	session: z.array(id()).min(1, 'choose').max(20, 'too_long'),
	account: id()
});

/** Taking one substitution back. */
export const takeBackForm = z.strictObject({ id: id() });
