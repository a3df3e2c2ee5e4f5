import { m } from '#lib/paraglide/messages.js';
import type { CareLayer, CurriculumType, Strand } from '#lib/platform/db/vocabularies.ts';
import type { CountingRule, Picture } from './types.ts';
import { formatPercent } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

const TYPES: Record<CurriculumType, () => string> = {
	community_pss: m.curriculum_type_community_pss,
	focused_pss: m.curriculum_type_focused_pss,
	life_skills: m.curriculum_type_life_skills,
	mother_daughter: m.curriculum_type_mother_daughter,
	caregivers: m.curriculum_type_caregivers,
	awareness: m.curriculum_type_awareness,
	training: m.curriculum_type_training,
	advisory_team: m.curriculum_type_advisory_team
};

const LAYERS: Record<CareLayer | 'none', () => string> = {
	community: m.curriculum_layer_community,
	focused: m.curriculum_layer_focused,
	none: m.curriculum_layer_none
};

const STRAND_WORDS: Record<Exclude<Strand, ''> | 'all', () => string> = {
	all: m.strand_all,
	girls: m.strand_girls,
	mothers: m.strand_mothers,
	joint: m.strand_joint
};

const PICTURE_WORDS: Record<Picture | 'none', () => string> = {
	none: m.sheet_picture_none,
	circle: m.sheet_picture_circle,
	moving: m.sheet_picture_moving,
	making: m.sheet_picture_making,
	singing: m.sheet_picture_singing,
	talking: m.sheet_picture_talking,
	breathing: m.sheet_picture_breathing,
	brave: m.sheet_picture_brave,
	sharing: m.sheet_picture_sharing
};

export function typeWord(type: CurriculumType): string {
	return TYPES[type]();
}

export function layerWord(layer: CareLayer | 'none'): string {
	return LAYERS[layer]();
}

/** Whose part a session is; `all`: everybody's alike. */
export function strandWord(strand: Exclude<Strand, ''> | 'all'): string {
	return STRAND_WORDS[strand]();
}

export function pictureWord(picture: Picture | 'none'): string {
	return PICTURE_WORDS[picture]();
}

/** With whom an activity is done otherwise. */
export function variantWord(variant: 'younger' | 'older'): string {
	return variant === 'younger' ? m.activity_younger() : m.activity_older();
}

/** The rule by which somebody counts, each word of it with what it asks for. */
export function ruleLines(rule: CountingRule, locale: Locale): { term: string; text: string }[] {
	const percent = (value: number) => formatPercent(value / 100, locale);
	return [
		{ term: m.rule_reached(), text: m.rule_reached_text({ count: rule.reachedCount }) },
		{
			term: m.rule_engaged(),
			text: m.rule_engaged_text({ count: rule.engagedCount, pct: percent(rule.engagedPct) })
		},
		{
			term: m.rule_completed(),
			text: m.rule_completed_text({ pct: percent(rule.completedPct) })
		},
		{ term: m.rule_dropped(), text: m.rule_dropped_text({ count: rule.droppedCount }) }
	];
}
