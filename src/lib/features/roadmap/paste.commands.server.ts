import { ensureBodies } from '#lib/features/organisation/body.commands.server.ts';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { OPEN } from './milestone.commands.server.ts';
import { isSameName, readPasted, type PastedItem, type PasteProblem } from './paste.rules.ts';

export type PasteRefusal = { reason: 'problems' | 'not_found' };

/** What a pasted table adds. Whatever bears the name of something there already stays as it is. */
export interface PastePlan {
	outcomes: { id: string | null; name: string; milestones: PlannedMilestone[] }[];
	owners: string[];
	counts: { outcomes: number; milestones: number; activities: number };
}

interface PlannedMilestone extends PastedItem {
	/** null: new. */
	id: string | null;
	activities: PastedItem[];
}

export type PastePreview =
	{ ok: true; plan: PastePlan } | { ok: false; problems: readonly PasteProblem[] };

/** What a pasted table would add to a roadmap, or every problem in it. Changes nothing. */
export async function previewPasted(
	ctx: Context,
	{ roadmapId, table }: { roadmapId: string; table: string }
): Promise<PastePreview> {
	const read = readPasted(table);
	if (!read.ok) return read;
	const known = await listKnown(ctx, roadmapId);
	const outcomes = read.outcomes.map(({ name, milestones }) => {
		const lane = known.find((one) => isAmong(one.names, name));
		return {
			...{ id: lane?.id ?? null, name },
			milestones: milestones.map((milestone) => {
				const there = lane?.milestones.find((one) => isAmong(one.names, milestone.name));
				const isNew = ({ name }: PastedItem) =>
					!there?.activities.some((names) => isAmong(names, name));
				return {
					...milestone,
					id: there?.id ?? null,
					activities: milestone.activities.filter(isNew)
				};
			})
		};
	});
	const milestones = outcomes.flatMap(({ milestones }) => milestones);
	const fresh = milestones.filter(({ id }) => id === null);
	const activities = milestones.flatMap(({ activities }) => activities);
	const owners = [...fresh, ...activities].flatMap(({ owner }) => owner ?? []);
	return {
		ok: true,
		plan: {
			outcomes,
			owners: owners.filter((name, i) => owners.findIndex((one) => isSameName(one, name)) === i),
			counts: {
				outcomes: outcomes.filter(({ id }) => id === null).length,
				milestones: fresh.length,
				activities: activities.length
			}
		}
	};
}

/** Adds what of a pasted table is not there yet, all or none: the same table twice adds nothing. */
export function addPasted(
	ctx: Context,
	input: { roadmapId: string; table: string; locale: Locale },
	once: string
): Promise<Outcome<PastePlan['counts'], PasteRefusal | KeyReused>> {
	return command<PastePlan['counts'], PasteRefusal>(
		ctx,
		{ name: 'add pasted roadmap', once, input },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const preview = await previewPasted(ctx, input);
			if (!preview.ok) return refuse({ reason: 'problems' });
			const { plan } = preview;
			const places = await listPlaces(ctx, input.roadmapId);
			if (!places) return refuse({ reason: 'not_found' });
			const ids = await ensureBodies(
				ctx,
				plan.owners.map((name) => ({ names: { [input.locale]: name }, kind: 'partner' as const }))
			);
			const bodyOf = (owner: string | null) =>
				owner === null ? null : ids[plan.owners.findIndex((one) => isSameName(one, owner))]!;
			const section_id = ctx.scope.sectionId;
			const named = (name: string) => textsJson({ [input.locale]: name });
			const next = (of: string) => {
				const place = (places.last.get(of) ?? 0) + 1;
				places.last.set(of, place);
				return place;
			};
			const rows = {
				outcome: [] as NewRow<'roadmap_outcome'>[],
				milestone: [] as NewRow<'milestone'>[],
				activity: [] as NewRow<'activity'>[]
			};
			for (const { id: known, name, milestones } of plan.outcomes) {
				const outcome_id = known ?? newId();
				if (!known)
					rows.outcome.push({
						...{ id: outcome_id, section_id, roadmap_id: input.roadmapId },
						...{ position: next(input.roadmapId), name_texts: named(name) }
					});
				for (const one of milestones) {
					const milestone_id = one.id ?? newId();
					if (!one.id)
						rows.milestone.push({
							...{ id: milestone_id, section_id, outcome_id, kind: 'checkpoint' },
							...{ position: next(outcome_id), name_texts: named(one.name), ...OPEN },
							...{ starts_on: one.startsOn, due_on: one.endsOn, body_id: bodyOf(one.owner) },
							...{ from_children: 0, is_example: 0, version: 1 }
						});
					for (const activity of one.activities)
						rows.activity.push({
							...{ id: newId(), section_id, milestone_id, position: next(milestone_id) },
							...{ name_texts: named(activity.name), body_id: bodyOf(activity.owner) },
							...{ starts_on: activity.startsOn, ends_on: activity.endsOn }
						});
				}
			}
			await insertAll(ctx.db, 'roadmap_outcome', rows.outcome);
			await insertAll(ctx.db, 'milestone', rows.milestone);
			await insertAll(ctx.db, 'activity', rows.activity);
			await audit({
				...{ action: 'add pasted roadmap', objectType: 'roadmap', objectId: input.roadmapId },
				fields: ['roadmap_outcome', 'milestone', 'activity']
			});
			return plan.counts;
		}
	);
}

const namesOf = (json: string) =>
	Object.values(JSON.parse(json) as Texts).filter((name) => name !== undefined);

function isAmong(names: readonly string[], name: string): boolean {
	return names.some((one) => isSameName(one, name));
}

/** What a roadmap of the section holds, by every name it has. */
async function listKnown(ctx: Context, roadmapId: string) {
	const rows = await itemsOf(ctx, roadmapId)
		.select(['outcome.name_texts as outcome_texts', 'milestone.name_texts as milestone_texts'])
		.select('activity.name_texts as activity_texts')
		.execute();
	const lanes = Map.groupBy(rows, ({ outcome_id }) => outcome_id);
	return [...lanes].map(([id, ofLane]) => ({
		id,
		names: namesOf(ofLane[0]!.outcome_texts),
		milestones: [...Map.groupBy(ofLane, ({ milestone_id }) => milestone_id)].flatMap(
			([milestone, some]) =>
				milestone === null
					? []
					: {
							id: milestone,
							names: namesOf(some[0]!.milestone_texts!),
							activities: some.flatMap(({ activity_texts }) =>
								activity_texts === null ? [] : [namesOf(activity_texts)]
							)
						}
		)
	}));
}

/** The last place taken in a roadmap, in each of its outcomes and milestones, by their id; undefined when it is not the section's. */
async function listPlaces(ctx: Context, roadmapId: string) {
	const own = await ctx.db
		.selectFrom('roadmap')
		.select('id')
		.where('id', '=', roadmapId)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	if (!own) return undefined;
	const rows = await itemsOf(ctx, roadmapId)
		.select(['outcome.position as outcome_place', 'milestone.position as milestone_place'])
		.select('activity.position as activity_place')
		.execute();
	const last = new Map<string, number>();
	const note = (of: string | null, place: number | null) => {
		if (of !== null && place !== null) last.set(of, Math.max(last.get(of) ?? 0, place));
	};
	for (const row of rows) {
		note(roadmapId, row.outcome_place);
		note(row.outcome_id, row.milestone_place);
		note(row.milestone_id, row.activity_place);
	}
	return { last };
}

function itemsOf({ db, scope }: Context, roadmapId: string) {
	return db
		.selectFrom('roadmap_outcome as outcome')
		.leftJoin('milestone', 'milestone.outcome_id', 'outcome.id')
		.leftJoin('activity', 'activity.milestone_id', 'milestone.id')
		.select(['outcome.id as outcome_id', 'milestone.id as milestone_id'])
		.where('outcome.roadmap_id', '=', roadmapId)
		.where('outcome.section_id', '=', scope.sectionId);
}
