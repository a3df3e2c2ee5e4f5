import { fail, isHttpError, isRedirect, redirect } from '@sveltejs/kit';
import { mayPromise } from '#lib/features/alerts/responders.queries.server.ts';
import { channelsOf } from '#lib/features/alerts/sending.commands.server.ts';
import {
	builtInHelp,
	listHelpAt,
	listHelpForAnyone
} from '#lib/features/directory/queries.server.ts';
import { askForm } from '#lib/features/feedback/forms.ts';
import { raiseConcern } from '#lib/features/safeguarding/commands.server.ts';
import { listAdultsHere } from '#lib/features/staff/adults.queries.server.ts';
import { listFocalPoints } from '#lib/features/staff/queries.server.ts';
import { say } from '#lib/features/wording/say.words.ts';
import { faultOf, statusOf } from '#lib/platform/db/faults.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { valueOf } from '#lib/platform/forms/view.ts';
import { log } from '#lib/platform/log/log.ts';
import type { OpenSession } from '#lib/features/feedback/types.ts';
import {
	isOfThisBallot,
	keepLanguage,
	lookUpCode,
	noteAsked,
	speak,
	speakBeforeCode,
	tagOf,
	takeAsked,
	type CodeAccess
} from '../../code.server.ts';
import { waitForWish } from '../../pace.server.ts';
import { isFresh, isFromHere, lead, stand, stepHere } from '../../steps.server.ts';
import type { Actions, PageServerLoad, PageServerLoadEvent, RequestEvent } from './$types';

/**
 * Who can help: to whom a code is or was open today the people of this place and whom its section turns to; to
 * anyone, and whatever happens to the database, at least every number that came with Halqa.
 */
export const load: PageServerLoad = async (event) => {
	keepLanguage(event, event.url.searchParams.get('lang'));
	try {
		return await whoCanHelp(event);
	} catch (error) {
		logFailed(event, error);
		return everyNumber(event);
	}
};

async function whoCanHelp(event: PageServerLoadEvent) {
	const { locals } = event;
	const door = await lookUpCode(event, { waits: false }); // the numbers are here in any case
	const session = sessionBehind(door);
	const asked = takeAsked(event) && isFromHere(event);
	const isOpen = door.state === 'open';
	const { services, now } = locals;
	const { db, ring, config } = services;
	if (!session) {
		await speakBeforeCode(event);
		const numbers = everyNumber(event);
		if (door.state === 'too_often') return numbers; // without a question to the database more
		return { ...numbers, help: await listHelpForAnyone({ db, now }, locals.locale) };
	}
	const bell = { db, now, channels: channelsOf(config) };
	await speak(event, session);
	stand(event, asked ? 'page' : 'help', {
		isOwn: stepHere(event) !== null && isOfThisBallot(event),
		next: isOpen ? `/s/${session.code}` : '/s'
	});
	const { locale } = locals; // the child's, from here on
	const names = await listFocalPoints(db, ring, session, locale);
	return {
		tag: tagOf(event, door.state === 'open' ? door.ballotId : null),
		code: session.code,
		isOpen,
		names,
		willCome: names.length > 0 && (await mayPromise(bell, session)),
		adults: await listAdultsHere(db, ring, session, locale),
		help: [{ country: null, lines: await listHelpAt({ db, now }, session, locale) }],
		asked,
		concernId: crypto.randomUUID()
	};
}

/** Without a session nobody is known. */
const NOBODY = { names: [], willCome: false, adults: [] };

function everyNumber({ params, locals }: PageServerLoadEvent) {
	const help = builtInHelp(locals.locale);
	return { tag: '', code: params.code, isOpen: false, help, asked: false, ...NOBODY };
}

function logFailed({ locals }: RequestEvent, error: unknown): void {
	log.error({ id: locals.requestId, err: error }, 'a child was shown the numbers alone');
}

function sessionBehind(door: CodeAccess): OpenSession | null {
	if (door.state === 'open') return door.open;
	return door.state === 'over' ? door.session : null;
}

/** How a page is answered that says a wish to talk did not arrive, by how the code was found. */
const STATUS = { open: 422, over: 410, not_open: 404, too_often: 429 };

export const actions: Actions = {
	/** A wish to talk reaches the focal points once, however often the form is sent; or the page says that it did not. */
	ask: async (event) => {
		try {
			return await ask(event);
		} catch (error) {
			if (isRedirect(error) || isHttpError(error)) throw error;
			logFailed(event, error);
			const fault = faultOf(error);
			const nickname = String(event.locals.typed?.['nickname'] ?? '');
			return fail(fault ? statusOf(fault) : 500, { nickname, failed: true });
		}
	}
};

async function ask(event: RequestEvent) {
	const read = await readForm(event, askForm);
	const door = await lookUpCode(event);
	const session = sessionBehind(door);
	const nickname = valueOf(read.ok ? read.again() : read.form, 'nickname');
	if (!session) return fail(STATUS[door.state], { nickname, failed: true });
	if (!read.ok) {
		await speak(event, session);
		if (!read.form.errors['nickname']) return fail(STATUS.open, { nickname, failed: true });
		return fail(STATUS.open, { nickname, error: say('form_nickname') });
	}
	await waitForWish(event);
	const { services, now } = event.locals;
	await raiseConcern(
		{ db: services.db, ring: services.ring, now },
		{
			id: read.data.concernId,
			sectionId: session.sectionId,
			sessionId: session.sessionId,
			nickname: read.data.nickname || null
		}
	);
	noteAsked(event);
	const page = `/s/${encodeURIComponent(event.params.code)}/help`;
	if (isFresh(event) && isOfThisBallot(event)) lead(event, 'on', page);
	redirect(303, page);
}
