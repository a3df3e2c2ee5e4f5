import type { z } from 'zod';
import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import { giveTo } from '#lib/features/cohorts/facilitators.commands.server.ts';
import { isBlocking } from '#lib/features/sessions/clashes.rules.ts';
import {
	boundCycles,
	cancelSessions,
	placeSessions
} from '#lib/features/sessions/moving.commands.server.ts';
import { listFacilitators } from '#lib/features/staff/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { cancelForm, moveForm } from './forms.ts';
import { holdSessions, listChangeable, readChangeRequest } from './queries.server.ts';
import { keepChange, type Given } from './records.commands.server.ts';
import { inRoom, isChange, isRestaffed, judge, shiftOf, targetsOf } from './rules.ts';
import type { Against, Changeable, Place, Target, Wish } from './types.ts';

export type MoveRefusal =
	| { reason: 'not_found' | 'answered' | 'nothing' | 'where' | 'clash_meanwhile' }
	/** Somebody changed one of them since the form was opened; the version that stands of the one it began from. */
	| { reason: 'changed_meanwhile'; version: number }
	/** It cannot be so, or has warnings that are to be meant first. */
	| { reason: 'clash' | 'doubtful'; against: Against[] };
export type CancelRefusal = { reason: 'not_found' | 'answered' | 'changed_meanwhile' };

export interface Changed {
	changeId: string;
	undo: string;
}

interface Sent {
	once: string;
	locale: Locale;
}

/**
 * Moves planned sessions, or lets cancelled ones take place after all: `sessionId` to the date and time wished, the
 * others by as much. What is blocked is refused with its clashes; what is only warned of has to be meant. Of two who
 * want the same time at once exactly one gets it.
 */
export function moveSessions(
	ctx: Context,
	input: z.output<typeof moveForm> & { sessionId: string },
	{ once, locale }: Sent
): Promise<Outcome<Changed, MoveRefusal | KeyReused>> {
	return command<Changed, MoveRefusal>(
		ctx,
		{ name: 'move sessions', once, input },
		async ({ ctx, refuse, audit }) => {
			const ids = [...new Set([input.sessionId, ...input.session.map(({ id }) => id)])];
			await holdSessions(ctx, ids);
			const found = await listChangeable(ctx, { ids }, locale);
			const first = found.find(({ id }) => id === input.sessionId);
			if (!first || !(await areOfOwnCohorts(ctx, found))) return refuse({ reason: 'not_found' });
			const sessions = asSeen(found, input.session);
			if (!sessions || first.version !== input.version)
				return refuse({ reason: 'changed_meanwhile', version: first.version });
			if (sessions.some(({ isAnswered }) => isAnswered)) refuse({ reason: 'answered' });
			const wish = await wishOf(ctx, first, input, locale);
			if (typeof wish === 'string') return refuse({ reason: wish });
			const targets = targetsOf(sessions, wish).filter(isChange);
			const against = await judged(ctx, targets, locale);
			if (!against) return refuse({ reason: targets.length > 0 ? 'not_found' : 'nothing' });
			if (against.some(({ clash }) => isBlocking(clash))) refuse({ reason: 'clash', against });
			if (against.length > 0 && !input.anyway) refuse({ reason: 'doubtful', against });
			if (!(await place(ctx, targets))) refuse({ reason: 'clash_meanwhile' });
			const gave = wish.swap ? await giveCohorts(ctx, targets, wish.swap.to.id) : [];
			const wasCancelled = targets.every(({ session }) => session.status === 'cancelled');
			const change = {
				kind: wasCancelled ? ('again' as const) : ('moved' as const),
				reason: input.reason,
				note: input.note
			};
			return keepChange({ ctx, audit }, change, targets, gave);
		}
	);
}

/** Cancels planned sessions, also those whose day is over and that never took place, with a reason. */
export function cancelPlanned(
	ctx: Context,
	input: z.output<typeof cancelForm>,
	{ once, locale }: Sent
): Promise<Outcome<Changed, CancelRefusal | KeyReused>> {
	return command<Changed, CancelRefusal>(
		ctx,
		{ name: 'cancel sessions', once, input },
		async ({ ctx, refuse, audit }) => {
			const ids = input.session.map(({ id }) => id);
			await holdSessions(ctx, ids);
			const found = await listChangeable(ctx, { ids }, locale);
			const sessions = asSeen(found, input.session);
			const isOne = new Set(found.map(({ centreId }) => centreId)).size === 1;
			if (!sessions || sessions.some(({ status }) => status !== 'planned'))
				return refuse({ reason: 'changed_meanwhile' });
			if (!isOne) refuse({ reason: 'not_found' });
			if (sessions.some(({ isAnswered }) => isAnswered)) refuse({ reason: 'answered' });
			return cancelAll({ ctx, audit }, sessions, input);
		}
	);
}

/** Cancels these sessions, all of one centre, as one change. Part of a command: its rule has been asked. */
export async function cancelAll(
	work: Parameters<typeof keepChange>[0],
	sessions: readonly Changeable[],
	why: Pick<z.output<typeof cancelForm>, 'reason' | 'note'>
): Promise<Changed> {
	const { ctx } = work;
	await cancelSessions(
		ctx,
		sessions.map(({ id }) => id)
	);
	await boundCycles(ctx, cyclesOf(sessions));
	const unmoved = sessions.map((session) => ({ ...session, session }));
	return keepChange(work, { kind: 'cancelled', ...why }, unmoved);
}

/** Puts sessions where they are to be; false when another one holds a slot by now. */
export async function place(ctx: Context, targets: readonly Target[]): Promise<boolean> {
	const isPlaced = await placeSessions(
		ctx,
		targets.map((target) => ({
			id: target.session.id,
			cohortId: target.session.cohortId,
			strand: target.session.strand,
			date: target.date,
			time: target.time,
			minutes: target.minutes,
			zone: target.session.zone,
			roomId: target.place.roomId,
			mode: target.place.mode,
			placeTexts: target.place.texts,
			facilitatorIds: target.facilitators.map(({ id }) => id),
			isRestaffed: isRestaffed(target)
		}))
	);
	if (isPlaced) await boundCycles(ctx, cyclesOf(targets.map(({ session }) => session)));
	return isPlaced;
}

/** Every clash of what sessions would become; undefined where there is none of them, or a centre out of reach. */
export async function judged(
	ctx: Context,
	targets: readonly Target[],
	locale: Locale
): Promise<Against[] | undefined> {
	const dates = targets.map(({ date }) => date).sort();
	const [from, to] = [dates.at(0), dates.at(-1)];
	if (!from || !to) return;
	const request = await readChangeRequest(
		ctx,
		{
			sessions: targets.map(({ session }) => session),
			facilitatorIds: [
				...new Set(targets.flatMap(({ facilitators }) => facilitators.map(({ id }) => id)))
			],
			from,
			to
		},
		locale
	);
	return (
		request &&
		judge(request, targets).map((clash) => {
			const { date, time, session } = targets[Number(clash.key) - 1]!;
			const { cohort: title, position, strand } = session;
			return { clash, target: { date, time, title, position, strand } };
		})
	);
}

/** The sessions as they were seen; undefined when one of them is another by now. */
function asSeen(
	found: readonly Changeable[],
	seen: readonly { id: string; version: number }[]
): Changeable[] | undefined {
	const versions = new Map(seen.map(({ id, version }) => [id, version]));
	const sessions = found.filter(({ id, version }) => versions.get(id) === version);
	return sessions.length === versions.size ? sessions : undefined;
}

/** What is wished of the first session, as a difference the others follow; or what is wrong with it. */
async function wishOf(
	ctx: Context,
	first: Changeable,
	input: z.output<typeof moveForm>,
	locale: Locale
): Promise<Wish | 'not_found' | 'where'> {
	const place = placeOf(first, input, locale);
	if (place === undefined) return 'where';
	const staff = input.comes ? await listFacilitators(ctx, first.centreId, locale) : [];
	const to = staff.find(({ id }) => id === input.comes);
	if (Boolean(input.comes) !== Boolean(to)) return 'not_found';
	if (place?.roomId && !(await isRoomOf(ctx, first.centreId, place.roomId))) return 'not_found';
	return {
		...shiftOf(first, input),
		minutes: input.minutes === first.minutes ? null : input.minutes,
		place,
		swap: to && input.leaves ? { from: input.leaves, to } : null
	};
}

/** False where one of them is open for a day only, to who stands in: its cohort is not theirs to move or to give away. */
async function areOfOwnCohorts(ctx: Context, sessions: readonly Changeable[]): Promise<boolean> {
	const ids = [...new Set(sessions.flatMap(({ cohortId }) => cohortId ?? []))];
	if (ids.length === 0) return true;
	const own = await cohortsInScope(ctx)
		.clearSelect()
		.select('cohort.id')
		.where('cohort.id', 'in', ids)
		.execute();
	return own.length === ids.length;
}

/** null: where it is now; undefined: elsewhere, and not said where. */
function placeOf(
	first: Changeable,
	input: Pick<z.output<typeof moveForm>, 'place' | 'where'>,
	locale: Locale
): Place | null | undefined {
	if (input.place === 'same') return null;
	if (input.place === 'online') return { mode: 'online', roomId: null, texts: null };
	if (input.place !== 'elsewhere') return inRoom(input.place);
	return input.where
		? { mode: 'elsewhere', roomId: null, texts: JSON.stringify({ [locale]: input.where }) }
		: undefined;
}

async function isRoomOf(ctx: Context, centreId: string, roomId: string): Promise<boolean> {
	const row = await ctx.db
		.selectFrom('room')
		.select('id')
		.where('section_id', '=', ctx.scope.sectionId)
		.where('centre_id', '=', centreId)
		.where('id', '=', roomId)
		.executeTakeFirst();
	return row !== undefined;
}

/** Whoever runs sessions of cohorts finds these among their own, from the first on; answers those that were not yet. */
async function giveCohorts(
	ctx: Context,
	targets: readonly Target[],
	accountId: string
): Promise<Given[]> {
	const firstOf = new Map<string, string>();
	const isNew = ({ session }: Target) => session.facilitators.every(({ id }) => id !== accountId);
	for (const { session, date } of targets.filter(isRestaffed).filter(isNew))
		if (session.cohortId && date < (firstOf.get(session.cohortId) ?? '9'))
			firstOf.set(session.cohortId, date);
	if (firstOf.size === 0) return [];
	const own = await ctx.db
		.selectFrom('cohort_facilitator')
		.select('cohort_id')
		.where('account_id', '=', accountId)
		.where('cohort_id', 'in', [...firstOf.keys()])
		.where('until_on', 'is', null)
		.execute();
	const given = [...firstOf].filter(([id]) => own.every(({ cohort_id }) => cohort_id !== id));
	for (const [cohortId] of given.sort())
		await giveTo(ctx, cohortId, { accountIds: [accountId], fromOn: firstOf.get(cohortId)! });
	return given.map(([cohortId]) => ({ cohortId, accountId }));
}

function cyclesOf(sessions: readonly Changeable[]): string[] {
	return sessions.flatMap(({ cycleId }) => cycleId ?? []);
}
