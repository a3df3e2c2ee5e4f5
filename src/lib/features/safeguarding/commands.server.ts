import { randomUUID } from 'node:crypto';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { open, seal } from '#lib/platform/crypto/sealed.ts';
import { fromReserve } from '#lib/platform/db/full.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { listConcerns, nicknamePlace } from './queries.server.ts';
import { toFiveMinutes } from './rules.ts';
import type { Concern } from './types.ts';

/** Bytes a name is filled up to, so that its length does not tell whose it is. */
const NICKNAME_BLOCK = 256;

export type ConcernRefusal = { reason: 'not_found' | 'taken' };

/**
 * Puts a child's wish to talk before the focal points of the section: the session and a nickname, never
 * why. The letterbox of safeguarding: everybody may post, nobody else reads. The same form sent twice asks
 * once; another name under its id is another child. No number of wishes is too many: the page they come
 * from is slowed instead. It finds room on a full disk. `now` in UTC milliseconds.
 */
export function raiseConcern(
	from: { db: Db; ring: KeyRing; now: number },
	concern: Wish
): Promise<void> {
	return fromReserve(from.db, () => postWish(from, concern));
}

async function postWish(
	{ db, ring, now }: { db: Db; ring: KeyRing; now: number },
	concern: Wish
): Promise<void> {
	if (await insertWish(db, ring, concern, now)) return;
	const earlier = await db
		.selectFrom('concern')
		.select('nickname_sealed')
		.where('id', '=', concern.id)
		.executeTakeFirst();
	const name = earlier?.nickname_sealed ?? null;
	const isSame = name && open(ring, nicknamePlace(concern.id), name);
	if (isSame !== concern.nickname)
		await insertWish(db, ring, { ...concern, id: randomUUID() }, now);
}

interface Wish {
	id: string;
	sectionId: string;
	sessionId: string;
	/** null: none was given. */
	nickname: string | null;
}

/** False when there is one under this id already. */
async function insertWish(
	db: Db,
	ring: KeyRing,
	{ id, sectionId, sessionId, nickname }: Wish,
	now: number
): Promise<boolean> {
	const place = nicknamePlace(id);
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('concern')
		.values({
			id,
			section_id: sectionId,
			session_id: sessionId,
			nickname_sealed: nickname ? seal(ring, place, nickname, NICKNAME_BLOCK) : null,
			raised_at: toFiveMinutes(now),
			taken_by: null,
			taken_at: null,
			closed_at: null
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	return numInsertedOrUpdatedRows === 1n;
}

/**
 * Children who want to talk, to somebody of whom it is written down first that they looked: by whom and when,
 * not what. Throws, and shows nothing, when that cannot be stored, not even from the space reserved for it.
 */
export async function lookAtConcerns(ctx: Context, locale: Locale): Promise<Concern[]> {
	const { db, scope, actor, now } = ctx;
	const look = db.insertInto('audit').values({
		at: now,
		section_id: scope.sectionId,
		actor_id: actor.accountId,
		action: 'look at concerns',
		object_type: 'section',
		object_id: scope.sectionId,
		field_names: ''
	});
	await fromReserve(db, () => look.execute());
	return listConcerns(ctx, locale);
}

/** A focal point says that they are going. Refused when a colleague said so first. */
export function takeConcern(
	ctx: Context,
	input: { concernId: string },
	{ once }: { once: string }
): Promise<Outcome<{ concernId: string }, ConcernRefusal | KeyReused>> {
	return command(
		coarse(ctx),
		{ name: 'take concern', once, input },
		async ({ ctx, refuse, audit }) => {
			const concern = await openConcerns(ctx)
				.select(['concern.id', 'concern.taken_by'])
				.where('concern.id', '=', input.concernId)
				.executeTakeFirst();
			if (!concern) return refuse({ reason: 'not_found' });
			const { numUpdatedRows } = await ctx.db
				.updateTable('concern')
				.set({ taken_by: ctx.actor.accountId, taken_at: ctx.now })
				.where('id', '=', concern.id)
				.where('taken_by', 'is', null)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'taken' });
			await audit({
				action: 'take concern',
				objectType: 'concern',
				objectId: concern.id,
				fields: ['taken_by']
			});
			return { concernId: concern.id };
		}
	);
}

/** The child was talked to. The nickname is destroyed; that somebody asked is all that stays. */
export function closeConcern(
	ctx: Context,
	input: { concernId: string },
	{ once }: { once: string }
): Promise<Outcome<{ concernId: string }, ConcernRefusal | KeyReused>> {
	return command(
		coarse(ctx),
		{ name: 'close concern', once, input },
		async ({ ctx, refuse, audit }) => {
			const { numUpdatedRows } = await ctx.db
				.updateTable('concern')
				.set({ closed_at: ctx.now, nickname_sealed: null })
				.where('id', '=', input.concernId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('taken_by', 'is not', null)
				.where('closed_at', 'is', null)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'not_found' });
			await audit({
				action: 'close concern',
				objectType: 'concern',
				objectId: input.concernId,
				fields: ['closed_at', 'nickname_sealed']
			});
			return { concernId: input.concernId };
		}
	);
}

/** Row, audit and key of what happens to a wish say no more exactly when than the wish itself. */
function coarse(ctx: Context): Context {
	return { ...ctx, now: toFiveMinutes(ctx.now) };
}

function openConcerns({ db, scope }: Context) {
	return db
		.selectFrom('concern')
		.where('concern.section_id', '=', scope.sectionId)
		.where('concern.closed_at', 'is', null);
}
