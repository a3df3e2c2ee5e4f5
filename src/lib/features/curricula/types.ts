import type { Audience } from '#lib/platform/db/schema.ts';

/** Pictures of what a session does, by name; drawn for children. */
export const PICTURES = [
	'circle',
	'moving',
	'making',
	'singing',
	'talking',
	'breathing',
	'brave',
	'sharing'
] as const;
export type Picture = (typeof PICTURES)[number];

/** One meeting as the curriculum describes it. */
export interface SessionPlan {
	id: string;
	/** 1 for the first session of the curriculum. */
	position: number;
	/** Empty: it belongs to none. */
	module: string;
	title: string;
	minutes: number;
}

/** A published state of a curriculum. A session stays pinned to the version it was planned from. */
export interface CurriculumVersion {
	id: string;
	curriculumId: string;
	name: string;
	number: number;
	publishedOn: string;
	audience: Audience;
	plans: SessionPlan[];
}
