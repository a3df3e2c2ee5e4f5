import { addDays, daysBetween } from '#lib/platform/clock/days.ts';
import { quarterEnd, quarterOf, sumOf } from './rules.ts';
import type { Activity, Milestone, Outcome, Roadmap } from './types.ts';

/** The days a timeline shows, both included. */
export interface Span {
	startsOn: string;
	endsOn: string;
}

/** Where a date begins on the timeline: 0 at the first morning, 1 after the last evening; never outside. */
export function placeOf(date: string, { startsOn, endsOn }: Span): number {
	const place = daysBetween(startsOn, date) / (daysBetween(startsOn, endsOn) + 1);
	return Math.min(1, Math.max(0, place));
}

export interface Tick {
	/** 0 … 1 along the timeline. */
	at: number;
	year: number;
	/** 1 … 4 */
	quarter: number;
	/** True where the year is to be written: at each January, and at the beginning where there is room. */
	namesYear: boolean;
}

/** The first days of the quarters within the span, and its beginning. */
export function ticksOf(span: Span): Tick[] {
	const ticks: Tick[] = [];
	for (let date = span.startsOn; date <= span.endsOn; date = addDays(quarterEnd(date), 1)) {
		const quarter = quarterOf(date);
		ticks.push({
			at: placeOf(date, span),
			year: Number(date.slice(0, 4)),
			quarter,
			namesYear: quarter === 1 || (ticks.length === 0 && quarter < 4)
		});
	}
	return ticks;
}

/** Share of the width a label takes beside its ring or bar. */
export const LABEL_WIDTH = 0.25;
/** Half a ring and the air around it, as a share of the width. */
const RING = 0.03;

/** A stretch of the width, 0 … 1. */
export interface Extent {
	from: number;
	to: number;
}

/** Where a label stands: after its mark, before it where the width ends, below where neither has room. */
export type LabelSide = 'after' | 'before' | 'below';

export interface DrawnActivity extends Activity {
	bar: Extent;
	side: LabelSide;
}

export interface DrawnMilestone extends Milestone {
	/** 0 for the lane's first row: no two of a row touch. */
	row: number;
	/** From its start to its due date, where the ring is. */
	thread: Extent;
	side: LabelSide;
	activities: DrawnActivity[];
}

/** A roadmap laid out along its days; the lists keep their order. */
export interface Timeline {
	ticks: Tick[];
	/** null when today is outside the span. */
	today: number | null;
	lanes: Lane[];
}

/** What a lane is made of: an outcome, or a roadmap of several. */
export type LaneOf = Pick<Outcome, 'id' | 'name' | 'milestones'> & { opens?: boolean };

export interface Lane {
	id: string;
	name: string;
	/** Whether the reader may open its milestones. */
	opens: boolean;
	milestones: DrawnMilestone[];
	sum: ReturnType<typeof sumOf>;
}

/** Lays a roadmap out: lanes, in them rows in which no label meets another's. */
export function timelineOf(
	roadmap: Pick<Roadmap, 'today' | 'startsOn' | 'endsOn'> & { outcomes: readonly LaneOf[] }
): Timeline {
	const { today, startsOn, endsOn, outcomes } = roadmap;
	return {
		ticks: ticksOf(roadmap),
		today: today < startsOn || today > endsOn ? null : placeOf(today, roadmap),
		lanes: outcomes.map(({ id, name, milestones, opens = true }) => ({
			...{ id, name, opens },
			milestones: laneOf(milestones, roadmap),
			sum: sumOf(milestones)
		}))
	};
}

function laneOf(milestones: readonly Milestone[], span: Span): DrawnMilestone[] {
	const drawn = milestones.map((milestone) => {
		const due = placeOf(milestone.dueOn, span);
		const ring = { from: due - RING, to: due + RING };
		return {
			...milestone,
			row: 0,
			thread: { from: placeOf(milestone.startsOn, span), to: due },
			side: sideOf(ring),
			activities: milestone.activities.map((activity) => {
				const bar = {
					from: placeOf(activity.startsOn, span),
					to: placeOf(addDays(activity.endsOn, 1), span)
				};
				return { ...activity, bar, side: sideOf(bar) };
			})
		};
	});
	const rows = rowsOf(drawn.map(extentOf));
	return drawn.map((milestone, i) => ({ ...milestone, row: rows[i]! }));
}

/** About how many lines of print a timeline is high: a heading a lane, three lines a row, one an activity. */
export function printedLines({ lanes }: Timeline): number {
	return lanes.reduce((sum, { milestones }) => {
		const rows = [...Map.groupBy(milestones, ({ row }) => row).values()];
		return rows.reduce(
			(lines, row) => lines + 3 + Math.max(...row.map(({ activities }) => activities.length)),
			sum + 2
		);
	}, 0);
}

/** What a milestone takes up of the width: thread, ring, bars and all their labels. */
export function extentOf({ thread, side, activities }: DrawnMilestone): Extent {
	const ring = { from: thread.to - RING, to: thread.to + RING };
	const parts = [
		thread,
		withLabel(ring, side),
		...activities.map(({ bar, side }) => withLabel(bar, side))
	];
	return {
		from: Math.max(0, Math.min(...parts.map(({ from }) => from))),
		to: Math.min(1, Math.max(...parts.map(({ to }) => to)))
	};
}

/** The row, from 0, each extent goes into, in their order: the first in which it meets no other. */
export function rowsOf(extents: readonly Extent[]): number[] {
	const rows: Extent[][] = [];
	return extents.map((extent) => {
		const free = rows.findIndex((row) =>
			row.every(({ from, to }) => extent.to < from || extent.from > to)
		);
		const row = free < 0 ? rows.length : free;
		(rows[row] ??= []).push(extent);
		return row;
	});
}

function sideOf({ from, to }: Extent): LabelSide {
	if (to + LABEL_WIDTH <= 1) return 'after';
	return from >= LABEL_WIDTH ? 'before' : 'below';
}

function withLabel({ from, to }: Extent, side: LabelSide): Extent {
	if (side === 'before') return { from: from - LABEL_WIDTH, to };
	return { from, to: Math.max(to, (side === 'after' ? to : from) + LABEL_WIDTH) };
}
