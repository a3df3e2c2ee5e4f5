import type { Texts } from '#lib/platform/i18n/texts.ts';

/** A project as a list shows it. */
export interface ProjectCard {
	id: string;
	name: string;
	/** The section that keeps it. */
	keptBy: string;
	startsOn: string;
	endsOn: string;
	/** The day it was ended; null while it runs. */
	endedOn: string | null;
	/** Names in the reader's language, in order. */
	countries: string[];
	funders: string[];
	partners: string[];
}

/** A section that takes part, and what it lets the others see in the project. */
export interface TakingPart {
	sectionId: string;
	name: string;
	showsRoadmaps: boolean;
	showsTargets: boolean;
}

/** A project as its own page shows it. */
export interface Project extends ProjectCard {
	/** Who advises it, in words; null where nobody does. */
	advisory: string | null;
	sections: TakingPart[];
	/** Whether the reader's section keeps it. */
	isKept: boolean;
	version: number;
}

/** A project as its form shows it. */
export interface ProjectSheet {
	id: string;
	names: Texts;
	advisory: Texts;
	countryCodes: string[];
	startsOn: string;
	endsOn: string;
	funderIds: string[];
	partnerIds: string[];
	/** Other sections than the keeping one. */
	sectionIds: string[];
	version: number;
}

/** What can belong to a project. */
export type Belonging = 'cycle' | 'target' | 'milestone';

/** A project to choose. */
export interface ProjectChoice {
	id: string;
	name: string;
}
