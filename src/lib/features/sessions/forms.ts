import { z } from 'zod';
import { date, id, time } from '#lib/platform/forms/fields.ts';

const MOVE = /^(\d{1,3})~(\d{4}-\d{2}-\d{2})~(\d{2}:\d{2})~([0-9a-z-]{1,64})$/;

const move = z
	.string()
	.max(100)
	.regex(MOVE, 'choose')
	.transform((text) => {
		const [, position, date, time, roomId] = MOVE.exec(text) as unknown as [
			string,
			string,
			string,
			string,
			string
		];
		return { position: Number(position), date, time, roomId };
	})
	.pipe(
		z.strictObject({ position: z.number().max(999), date: date(), time: time(), roomId: id() })
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
	from: date(),
	move: z.array(move).max(100, 'too_long')
});

export type PlanInput = z.output<typeof planForm>;
