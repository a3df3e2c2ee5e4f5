import type { Audience } from '#lib/platform/db/schema.ts';
import type { CareLayer, CurriculumType, Strand } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';

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
	/** Whose half of a session it is; empty: everybody's alike. */
	strand: Strand;
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

/** A text as it is shown: in the reader's language, or in another where it is missing. */
export interface Said {
	text: string;
	lang: Locale;
}

/** Texts that were changed in another language since, by their name. */
export type Outdated = Readonly<Partial<Record<string, readonly Locale[]>>>;

/** A text in every language it is known in, and those of them that lag behind. */
export interface Wording {
	texts: Texts;
	outdated: readonly Locale[];
}

/** A curriculum among others. */
export interface CurriculumCard {
	id: string;
	name: string;
	type: CurriculumType | null;
	layer: CareLayer | null;
	audience: Audience;
	retiredOn: string | null;
	/** The newest first; a draft for its editors alone. */
	versions: VersionLine[];
}

export interface VersionLine {
	id: string;
	number: number;
	/** null: a draft. */
	publishedOn: string | null;
	planCount: number;
}

/** When somebody counts (domain.md 3.4). */
export interface CountingRule {
	/** Sessions attended to be reached. */
	reachedCount: number;
	/** Sessions attended to be engaged, or else percent of those held. */
	engagedCount: number;
	engagedPct: number;
	/** Percent of the sessions held to have completed. */
	completedPct: number;
	/** Missed in a row without a word to be called. */
	droppedCount: number;
}

/** An activity of a session plan, in every language. */
export interface Activity {
	id: string;
	position: number;
	minutes: number;
	version: number;
	title: Wording;
	children: Wording;
	says: Wording;
	/** How it is done otherwise with the youngest, and with the oldest. */
	younger: Wording;
	older: Wording;
}

/** A session plan whole, in every language. */
export interface FullPlan {
	id: string;
	versionId: string;
	position: number;
	moduleId: string | null;
	minutes: number;
	strand: Strand;
	picture: Picture | null;
	/** A picture for who runs it, by the id of its file, and what it shows; null: none was uploaded. */
	ownPicture: { file: string; shows: Wording } | null;
	version: number;
	/** The same in every version that has it. */
	stemId: string;
	title: Wording;
	objectives: Wording;
	materials: Wording;
	variants: Wording;
	notes: Wording;
	activities: Activity[];
}

export interface Module {
	id: string;
	position: number;
	version: number;
	name: Wording;
}

/** A version with all it holds. */
export interface FullVersion {
	id: string;
	number: number;
	publishedOn: string | null;
	copiedFrom: string | null;
	rule: CountingRule;
	curriculum: {
		id: string;
		name: string;
		type: CurriculumType | null;
		layer: CareLayer | null;
		audience: Audience;
		retiredOn: string | null;
	};
	modules: Module[];
	plans: FullPlan[];
}

/** Content that becomes a draft: what a template or a pasted table holds. */
export interface NewModule {
	name: Texts;
	plans: NewPlan[];
}

export interface NewPlan {
	title: Texts;
	minutes: number;
	picture?: Picture;
	strand?: Strand;
	objectives?: Texts;
	materials?: Texts;
	variants?: Texts;
	notes?: Texts;
	activities: NewActivity[];
}

export interface NewActivity {
	minutes: number;
	title: Texts;
	children?: Texts;
	says?: Texts;
	younger?: Texts;
	older?: Texts;
}
