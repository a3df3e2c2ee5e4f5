import { randomUUID } from 'node:crypto';
import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import { startClock, stopClocks } from '#lib/features/alerts/clocks.commands.server.ts';
import { writeAudit } from '#lib/platform/command/audit.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { contribute, type Contributing } from '#lib/platform/command/contribution.ts';
import { open, seal } from '#lib/platform/crypto/sealed.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { isReadable, listConcerns, nicknamePlace } from './queries.server.ts';
import { STAND_IN_MS } from './rules.ts';
import type { Concern } from './types.ts';

/** Bytes a name is filled up to, so that its length does not tell whose it is. */
const NICKNAME_BLOCK = 256;

export type ConcernRefusal = { reason: 'not_found' | 'taken' | 'no_consent' | 'too_soon' };

/**
 * Puts a child's wish to talk before the focal points of the section: the session and a nickname, never
 * why. The letterbox of safeguarding: everybody may post, nobody else reads. The same form sent twice asks
 * once; another name under its id is another child. None is refused for there being many: among a flood one
 * may be meant (`groupConcerns`), and the page they come from is slowed. It finds room on a full disk. `now` in UTC milliseconds.
 */
export function raiseConcern(
	from: Omit<Contributing, 'actor'>,
	concern: TalkRequest
): Promise<void> {
	const actor = { kind: 'card', sectionId: concern.sectionId } as const;
	return fromReserve(from.db, () => postWish({ ...from, actor }, concern));
}

async function postWish(from: Contributing, concern: TalkRequest): Promise<void> {
	if (await insertWish(from, concern)) return;
	const { db, ring } = from;
	const earlier = await db
		.selectFrom('concern')
		.select('nickname_sealed')
		.where('id', '=', concern.id)
		.executeTakeFirst();
	const name = earlier?.nickname_sealed ?? null;
	const before = name && open(ring, nicknamePlace(concern.id), name);
	if (before !== concern.nickname) await insertWish(from, { ...concern, id: randomUUID() });
}

interface TalkRequest {
	id: string;
	sectionId: string;
	/** null: it was at no session; then the centre says where, if one can. */
	sessionId: string | null;
	centreId?: string | null;
	/** null: none was given. */
	nickname: string | null;
}

/** False when there is one under this id already: the form's own id is its key. */
async function insertWish(
	from: Contributing,
	{ id, sectionId, sessionId, centreId = null, nickname }: TalkRequest
): Promise<boolean> {
	const place = nicknamePlace(id);
	const isNew = await contribute(from, async ({ from: { db, ring, now }, overtaken }) => {
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('concern')
			.values({
				id,
				section_id: sectionId,
				session_id: sessionId,
				centre_id: centreId,
				nickname_sealed: nickname ? seal(ring, place, nickname, NICKNAME_BLOCK) : null,
				noticed_at: toFiveMinutes(now),
				raised_at: toFiveMinutes(now),
				taken_by: null,
				taken_at: null,
				closed_at: null
			})
			.onConflict((conflict) => conflict.column('id').doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) overtaken();
		const startedAt = toFiveMinutes(now);
		await startClock(db, {
			...{ subject: 'concern', subjectId: id, sectionId, plan: 'wish', startedAt }
		});
		return true;
	});
	return isNew ?? false;
}

/**
 * Children who want to talk, to somebody of whom it is written down first that they looked: by whom and when,
 * not what. Throws, and shows nothing, when that cannot be stored, not even from the space reserved for it.
 */
export async function lookAtConcerns(ctx: Context, locale: Locale): Promise<Concern[]> {
	const { db, scope } = ctx;
	const entry = {
		...{ action: 'look at concerns', objectType: 'section', objectId: scope.sectionId },
		fields: []
	};
	await fromReserve(db, () => writeAudit(ctx, entry));
	return listConcerns(ctx, locale);
}

/**
 * A focal point says that they are going, to one child or to all of a group. Refused when a colleague said so
 * of every one of them first.
 */
export function takeConcerns(
	ctx: Context,
	input: { concernIds: readonly string[] },
	{ once }: { once: string }
): Promise<Outcome<{ count: number }, ConcernRefusal | KeyReused>> {
	return command(
		coarse(ctx),
		{ name: 'take concerns', once, input },
		async ({ ctx, refuse, audit }) => {
			const ids = (await openConcerns(ctx, input.concernIds).execute()).map(({ id }) => id);
			if (ids.length === 0) return refuse({ reason: 'not_found' });
			const taken = await ctx.db
				.updateTable('concern')
				.set((eb) => ({
					...{ taken_by: ctx.actor.accountId, taken_at: ctx.now },
					first_taken_at: eb.fn.coalesce('first_taken_at', eb.val(ctx.now))
				}))
				.where('id', 'in', ids)
				.where('taken_by', 'is', null)
				.returning('id')
				.execute();
			if (taken.length === 0) refuse({ reason: 'taken' });
			await stopClocks(
				ctx.db,
				'concern',
				taken.map(({ id }) => id)
			);
			for (const { id } of taken)
				await audit({
					action: 'take concern',
					objectType: 'concern',
					objectId: id,
					fields: ['taken_by']
				});
			return { count: taken.length };
		}
	);
}

/**
 * A focal point goes in place of a colleague who said so long enough ago. The clock, which stopped when the first one went, does not
 * begin again. Refused as long as the colleague has time.
 */
export function standInForConcerns(
	ctx: Context,
	input: { concernIds: readonly string[] },
	{ once }: { once: string }
): Promise<Outcome<{ count: number }, ConcernRefusal | KeyReused>> {
	return command(
		coarse(ctx),
		{ name: 'stand in for concerns', once, input },
		async ({ ctx, refuse, audit }) => {
			const ids = (await openConcerns(ctx, input.concernIds).execute()).map(({ id }) => id);
			if (ids.length === 0) return refuse({ reason: 'not_found' });
			const taken = await ctx.db
				.updateTable('concern')
				.set({ taken_by: ctx.actor.accountId, taken_at: ctx.now })
				.where('id', 'in', ids)
				.where('taken_by', '<>', ctx.actor.accountId)
				.where('taken_at', '<=', ctx.now - STAND_IN_MS)
				.returning('id')
				.execute();
			if (taken.length === 0) refuse({ reason: 'too_soon' });
			for (const { id } of taken)
				await audit({
					action: 'stand in for concern',
					objectType: 'concern',
					objectId: id,
					fields: ['taken_by']
				});
			return { count: taken.length };
		}
	);
}

/** Row, audit and key of what happens to a wish say no more exactly when than the wish itself. */
export function coarse(ctx: Context): Context {
	return { ...ctx, now: toFiveMinutes(ctx.now) };
}

/** Of those chosen what is open and may be read by the actor. */
export function openConcerns({ db, scope, actor }: Context, ids: readonly string[]) {
	return db
		.selectFrom('concern')
		.select('concern.id')
		.where('concern.id', 'in', ids)
		.where('concern.section_id', '=', scope.sectionId)
		.where('concern.closed_at', 'is', null)
		.where((eb) => isReadable(eb.val(actor.accountId)));
}
