import { fail, redirect } from '@sveltejs/kit';
import {
	chooseForm,
	giveAnswer,
	goBack,
	goOn,
	newBallotId,
	NotOpen,
	readBallot,
	sendBallot,
	withdrawBallot,
	type Answering
} from '#lib/features/feedback/answering.server.ts';
import { screenOf } from '#lib/features/feedback/ballot.ts';
import { OPEN_ITEMS, type Answer } from '#lib/features/feedback/bank.ts';
import { readCode } from '#lib/features/feedback/codes.ts';
import { answerForm, choiceForm } from '#lib/features/feedback/forms.ts';
import type { Ballot, Given, OpenSession } from '#lib/features/feedback/types.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { valueOf, type FormView } from '#lib/platform/forms/view.ts';
import { giveBallot, knock, speak, turnAway } from '../door.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One address for every screen: what is shown is what the ballot has come to. A read changes nothing. */
export const load: PageServerLoad = async (event) => {
	const { params, url } = event;
	const code = readCode(params.code);
	if (code && code !== params.code) redirect(303, `/s/${code}`);
	const door = await knock(event);
	if (door.state !== 'open') turnAway(door.state);
	const { answering, open } = door;
	const ballotId = door.ballotId ?? newBallotId();
	if (!door.ballotId) giveBallot(event, open.code, ballotId);
	const ballot = await readBallot(answering, open, ballotId);
	speak(event, ballot.language);
	const begun = Object.keys(ballot.answers).length > 0;
	return {
		code: open.code,
		screen: screenOf(open, ballot),
		stopping: url.searchParams.has('stop') && !isFinal(ballot),
		late: url.searchParams.has('late') && isFinal(ballot),
		begun,
		picture: open.picture,
		adults: open.adults,
		bands: open.bands
	};
};

/** Each goes back to the one address when it is done, so that a reload posts nothing again. */
export const actions: Actions = {
	choose: async (event) => {
		const read = await readForm(event, choiceForm);
		return act(event, (...own) => (read.ok ? chooseForm(...own, read.data) : readBallot(...own)));
	},
	/** Without an item it is *Start*. With `?then`, the child left an unfinished text: it is kept where it is. */
	answer: async (event) => {
		const read = await readForm(event, answerForm.partial({ item: true }));
		if (!read.ok)
			return again(event, 422, read.form.errors['words'] ? 'too_long' : 'choose', read.form);
		const { item, answer, words } = read.data;
		if (!item) return act(event, goOn);
		const isOpen = OPEN_ITEMS.includes(item);
		const given = givenOf(isOpen, answer, words);
		const then = event.url.searchParams.get('then');
		if (!given && !then) return again(event, 422, isOpen ? 'write' : 'choose', read.again());
		const typed = read.again();
		if (!then) return act(event, (...own) => giveAnswer(...own, { item, given: given! }), typed);
		const put = async (...own: Own) => {
			if (!given) return readBallot(...own);
			await giveAnswer(...own, { item, given });
			return goBack(...own);
		};
		return act(event, put, typed, then === 'help' ? '/help' : '?stop');
	},
	back: (event) => act(event, goBack),
	send: (event) => act(event, sendBallot),
	withdraw: (event) => act(event, withdrawBallot),
	/** The next child on the same tablet begins: not over the answers of one who is still at it. */
	another: async (event) => {
		const leaving = event.url.searchParams.has('leaving');
		return act(event, async (answering, open, ballotId) => {
			const ballot = await readBallot(answering, open, ballotId);
			if (ballot.state !== 'open' || leaving) giveBallot(event, open.code, newBallotId());
			return { ...ballot, state: 'new' };
		});
	}
};

type Own = [answering: Answering, open: OpenSession, ballotId: string];
type Problem = 'choose' | 'write' | 'too_long' | 'cookies';

/**
 * Does one thing to the child's own ballot, then goes to the address with `on` behind it. A browser that
 * keeps no cookie gets its answer back; a ballot that was sent or deleted before stays and says so.
 */
async function act(
	event: RequestEvent,
	change: (...own: Own) => Promise<Ballot>,
	typed?: FormView,
	on = ''
) {
	const door = await knock(event);
	if (door.state !== 'open') turnAway(door.state);
	const { answering, open, ballotId } = door;
	if (!ballotId) return again(event, 400, 'cookies', typed);
	speak(event, open.language);
	const before = await readBallot(answering, open, ballotId);
	const after = await change(answering, open, ballotId).catch((reason: unknown) => {
		if (reason instanceof NotOpen) turnAway('over');
		throw reason;
	});
	const isLate = isFinal(before) && after.state === before.state && !repeats(event, before);
	redirect(303, `/s/${open.code}${isLate ? '?late' : on}`);
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

function isFinal({ state }: Ballot): boolean {
	return state === 'sent' || state === 'withdrawn';
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
