import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson, type Texts } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import {
	CLOSES_AT,
	OPENS_AT,
	planPasted,
	readPasted,
	type KnownCentre,
	type PastedRoom,
	type PastePlan,
	type PasteProblem
} from './paste.rules.ts';
import { getCentreDefaults } from './queries.server.ts';

export type PastePreview =
	{ ok: true; plan: PastePlan } | { ok: false; problems: readonly PasteProblem[] };

/** What a pasted table would add to the section, or every problem in it. Changes nothing. */
export async function previewPasted(ctx: Context, table: string): Promise<PastePreview> {
	const { country } = await getCentreDefaults(ctx);
	const read = readPasted(table, country);
	if (!read.ok) return read;
	const { plan, problems } = planPasted(read.centres, await listKnown(ctx));
	return problems.length > 0 ? { ok: false, problems } : { ok: true, plan };
}

/**
 * Adds the centres and rooms of a pasted table that are not there yet, all or none. Whatever is there
 * stays as it is, so that the same table twice adds nothing. New centres get the zone and closed
 * days of the section.
 */
export function addPasted(
	ctx: Context,
	input: { table: string; locale: Locale },
	once: string
): Promise<Outcome<{ centres: number; rooms: number }, { reason: 'problems' } | KeyReused>> {
	return command(
		ctx,
		{ name: 'add pasted centres', once, input },
		async ({ ctx, refuse, audit }) => {
			const { zone, closedWeekdays } = await getCentreDefaults(ctx);
			const preview = await previewPasted(ctx, input.table);
			if (!preview.ok) return refuse({ reason: 'problems' });
			const { plan } = preview;
			const section_id = ctx.scope.sectionId;
			const named = (name: string) => textsJson({ [input.locale]: name });
			const roomsOf = (centre_id: string, rooms: readonly PastedRoom[]) =>
				rooms.map(({ name, capacity }): NewRow<'room'> => {
					return { id: newId(), section_id, centre_id, name_texts: named(name), capacity };
				});
			const centres = plan.centres.map((centre) => ({
				rooms: centre.rooms,
				row: {
					id: newId(),
					section_id,
					name_texts: named(centre.name),
					adm1_pcode: centre.place.adm1,
					adm2_pcode: centre.place.adm2,
					zone,
					closed_weekdays: closedWeekdays.join(','),
					opens_at: centre.opensAt ?? OPENS_AT,
					closes_at: centre.closesAt ?? CLOSES_AT
				} satisfies NewRow<'centre'>
			}));
			const rooms = [
				...centres.flatMap(({ row, rooms }) => roomsOf(row.id, rooms)),
				...plan.rooms.flatMap(({ centreId, rooms }) => roomsOf(centreId, rooms))
			];
			await insertAll(
				ctx.db,
				'centre',
				centres.map(({ row }) => row)
			);
			await insertAll(ctx.db, 'room', rooms);
			await audit({
				action: 'add pasted centres',
				objectType: 'section',
				objectId: section_id,
				fields: ['centre', 'room']
			});
			return { centres: centres.length, rooms: rooms.length };
		}
	);
}

async function listKnown({ db, scope }: Context): Promise<KnownCentre[]> {
	const centres = await db
		.selectFrom('centre')
		.select(['id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	const rooms = await db
		.selectFrom('room')
		.select(['centre_id', 'name_texts'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	const names = (json: string) =>
		Object.values(JSON.parse(json) as Texts).filter((text) => text !== undefined);
	return centres.map(({ id, name_texts }) => ({
		id,
		names: names(name_texts),
		rooms: rooms
			.filter(({ centre_id }) => centre_id === id)
			.map(({ name_texts }) => names(name_texts))
	}));
}
