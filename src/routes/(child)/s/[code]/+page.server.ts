import { fail, redirect } from '@sveltejs/kit';
import {
	chooseBand,
	giveAnswer,
	goBack,
	goOn,
	newBallotId,
	readBallot,
	sendBallot,
	withdrawBallot,
	type Answering
} from '#lib/features/feedback/answering.commands.server.ts';
import {
	findBallot,
	NotOpen,
	type KnownBallot
} from '#lib/features/feedback/ballots.commands.server.ts';
import { isFinal, isTouched, newBallot, screenOf } from '#lib/features/feedback/ballot.rules.ts';
import { asksForCare, isOpen as isOpenItem, type Answer } from '#lib/features/asking/bank.rules.ts';
import { readCode } from '#lib/features/feedback/codes.queries.server.ts';
import { choiceForm, stepForm } from '#lib/features/feedback/forms.ts';
import type { Ballot, Given, OpenSession, Screen, Step } from '#lib/features/feedback/types.ts';
import { listAdults, whoReads } from '#lib/features/feedback/told.queries.server.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { valueOf, type FormView } from '#lib/platform/forms/view.ts';
import {
	forgetLanguage,
	giveBallot,
	isOfThisBallot,
	keepLanguage,
	lookUpCode,
	speak,
	tagOf,
	refuseCode
} from '../code.server.ts';
import { waitForBallot, waitToSend } from '../pace.server.ts';
import { forgetStep, isFresh, lead, stand, stepHere } from '../steps.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One address for every screen: what is shown is what the ballot has come to. A read stores nothing. */
export const load: PageServerLoad = async (event) => {
	const { params, url } = event;
	keepLanguage(event, url.searchParams.get('lang'));
	const code = readCode(params.code);
	if (code && code !== params.code) redirect(303, `/s/${code}`);
	const door = await lookUpCode(event);
	if (door.state !== 'open') return refuseCode(event, door);
	const { answering, open } = door;
	const ballotId = door.ballotId ?? (await giveNewBallot(event, open));
	const ballot = door.ballotId ? await readBallot(answering, open, ballotId) : newBallot(open);
	await speak(event, open);
	const screen = screenOf(open, ballot, stepHere(event));
	if (screen.kind === 'neutral') forgetStep(event);
	else
		stand(event, isWriting(screen) ? 'writing' : 'page', { isOwn: true, next: `/s/${open.code}` });
	return {
		code: open.code,
		tag: tagOf(event, ballotId),
		screen,
		touched: isTouched(ballot),
		picture: open.picture,
		adults: isFirst(screen) ? await listAdults(answering, open, event.locals.locale) : [],
		reading: isWriting(screen) ? await whoReads(answering, open, event.locals.locale) : null,
		otherDay: open.isToday ? null : open.date,
		bands: open.bands
	};
};

/** Each goes back to the one address when it is done, so that a reload posts nothing again. */
export const actions: Actions = {
	choose: ofThisBallot(async (event) => {
		const read = await readForm(event, choiceForm);
		const { language, band } = read.ok ? read.data : {};
		keepLanguage(event, language);
		return act(event, (...own) => (band ? chooseBand(...own, band) : readBallot(...own)));
	}),
	/** Without an item it is *Start*. With `?then`, the child left an unfinished text: it is kept where it is. */
	answer: ofThisBallot(async (event) => {
		const read = await readForm(event, stepForm);
		if (!read.ok)
			return again(event, 422, read.form.errors['words'] ? 'too_long' : 'choose', read.form);
		const { item, answer, words } = read.data;
		if (!item) return act(event, goOn);
		const typed = read.again();
		// Which of a section's own questions are answered in words, its page says: it has a field for them.
		const isOpen = isOpenItem(item, {}) || (item.startsWith('own_') && 'words' in typed.values);
		const given = givenOf(isOpen, answer, words);
		const then = event.url.searchParams.get('then');
		const keep = async (...own: Own) => {
			if (!given?.words) return readBallot(...own);
			await giveAnswer(...own, { item, given });
			const [answering, open, ballot] = own;
			return goBack(answering, open, ballot.id);
		};
		if (then) return act(event, keep, { typed, keep, step: then === 'stop' ? 'stop' : 'on', then });
		if (!given) return again(event, 422, isOpen ? 'write' : 'choose', typed);
		const give = (...own: Own) => giveAnswer(...own, { item, given });
		const step = asksForCare(item, given.answer) ? 'offer' : 'on';
		return act(event, give, { typed, keep, step });
	}),
	back: ofThisBallot((event) => act(event, goBack)),
	send: ofThisBallot((event) =>
		act(event, async (...own) => {
			await waitToSend(event, own[2].id);
			return sendBallot(...own);
		})
	),
	withdraw: ofThisBallot((event) => act(event, withdrawBallot)),
	stop: ofThisBallot((event) => follow(event, 'stop')),
	help: ofThisBallot((event) => follow(event, 'on', '/help')),
	goOn: ofThisBallot((event) => follow(event, 'on')),
	/** From the neutral screen: who answered before goes on. */
	resume: ofThisBallot((event) => lead(event, 'on', pageOf(event))),
	/** The next child on the same tablet begins: not over the answers of one who is still at it. */
	another: ofThisBallot(async (event) => {
		const isLeaving = event.url.searchParams.has('leaving');
		const door = await lookUpCode(event);
		if (door.state !== 'open') return refuseCode(event, door);
		const { answering, open, ballotId } = door;
		const isOthers =
			!isLeaving &&
			ballotId !== null &&
			(await readBallot(answering, open, ballotId)).state === 'open';
		if (!isOthers) {
			await giveNewBallot(event, open);
			forgetLanguage(event);
		}
		redirect(303, pageOf(event));
	})
};

/**
 * Does nothing for a page that is another ballot's than the one this device holds now: a tab an earlier child left
 * open. The screen that asks who is there comes instead.
 */
function ofThisBallot<Result>(run: (event: RequestEvent) => Result) {
	return (event: RequestEvent): Result => {
		// A browser that keeps no cookie has no ballot either, and is told so below.
		const keepsCookies = event.request.headers.has('cookie');
		if (keepsCookies && !isOfThisBallot(event)) redirect(303, pageOf(event));
		return run(event);
	};
}

type Own = [answering: Answering, open: OpenSession, ballot: KnownBallot];
type Change = (...own: Own) => Promise<Ballot>;
type Problem = 'choose' | 'write' | 'too_long' | 'cookies';

interface Acting {
	/** To be given back to a browser that keeps no cookie. */
	typed?: FormView;
	/** What is still done when nobody knows whether the child who posts is the one who answered before. */
	keep?: Change;
	step?: Step;
	/** Where else than to the form. */
	then?: string;
}

/**
 * Does one thing to the child's own ballot, then goes to the next screen. From a page that stood too long
 * nothing is done but to keep a text: the neutral screen asks first who is there. A ballot that was sent or
 * deleted before stays and says so.
 */
async function act(event: RequestEvent, change: Change, acting: Acting = {}) {
	const { typed, keep = readBallot, step = 'on', then } = acting;
	const door = await lookUpCode(event);
	if (door.state !== 'open') return refuseCode(event, door);
	const { answering, open, ballotId } = door;
	if (!ballotId) return again(event, 400, 'cookies', typed);
	await speak(event, open);
	const known = await findBallot(answering, open, ballotId);
	const { ballot: before } = known;
	const isLeft = !isFresh(event) && isTouched(before);
	const after = await (isLeft ? keep : change)(answering, open, known).catch((reason: unknown) => {
		if (reason instanceof NotOpen) return refuseCode(event, { state: 'over', session: open });
		throw reason;
	});
	if (isLeft || then === 'rest') redirect(303, pageOf(event));
	if (isFinal(before) && after.state === before.state && !repeats(event, before))
		lead(event, 'late', pageOf(event));
	lead(event, step, `${pageOf(event)}${then === 'help' ? '/help' : ''}`);
}

/** To another screen without a change: as the page's own next step, unless it stood too long. */
function follow(event: RequestEvent, step: Step, behind = ''): never {
	const page = `${pageOf(event)}${behind}`;
	if (isFresh(event)) lead(event, step, page);
	redirect(303, page);
}

async function giveNewBallot(event: RequestEvent, { code }: OpenSession): Promise<string> {
	const id = newBallotId();
	await waitForBallot(event, id);
	giveBallot(event, code, id);
	return id;
}

function pageOf({ params }: RequestEvent): string {
	return `/s/${encodeURIComponent(readCode(params.code) ?? params.code)}`;
}

/** Where it is said who sees the answers. */
function isFirst(screen: Screen): boolean {
	return screen.kind === 'welcome' || (screen.kind === 'question' && screen.position === 1);
}

function isWriting(screen: Screen): boolean {
	return screen.kind === 'question' && !screen.options;
}

/** The page again with what was typed and what is missing. */
function again(event: RequestEvent, status: number, problem: Problem, typed?: FormView) {
	const value = (name: string) => (typed ? valueOf(typed, name) : '');
	return fail(status, {
		problem,
		item: value('item'),
		answer: value('answer'),
		words: value('words')
	});
}

/** A second tap on *Send* or *Delete* finds what it wanted. */
function repeats({ url }: RequestEvent, { state }: Ballot): boolean {
	return url.searchParams.has(state === 'sent' ? '/send' : '/withdraw');
}

/** What a child gave, or null when nothing was chosen or written. */
function givenOf(isOpen: boolean, answer?: Answer, words?: string): Given | null {
	if (answer === 'skipped' || answer === 'dont_know') return { answer };
	if (isOpen) return words ? { answer: 'answered', words } : null;
	return answer ? { answer } : null;
}
