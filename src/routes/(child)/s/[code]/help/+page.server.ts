import { fail, redirect } from '@sveltejs/kit';
import { readBallot } from '#lib/features/feedback/answering.server.ts';
import { askForm } from '#lib/features/feedback/forms.ts';
import { raiseConcern } from '#lib/features/safeguarding/commands.server.ts';
import { HELPLINES } from '#lib/features/safeguarding/helplines.ts';
import { listFocalPoints } from '#lib/features/staff/queries.server.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { valueOf } from '#lib/platform/forms/view.ts';
import type { OpenSession } from '#lib/features/feedback/types.ts';
import { forgetBallot, knock, noteAsked, speak, takeAsked, type Door } from '../../door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who can help: to whom a code is or was open today people of this place, to anyone at least every number we know. */
export const load: PageServerLoad = async (event) => {
	const { params, locals } = event;
	const door = await knock(event);
	const session = sessionBehind(door);
	const asked = takeAsked(event);
	const isOpen = door.state === 'open';
	if (!session) return { code: params.code, isOpen, names: [], lines: HELPLINES, asked: false };
	const { db, ring } = locals.house;
	const ballot =
		isOpen && door.ballotId ? await readBallot(door.answering, session, door.ballotId) : null;
	speak(event, ballot?.language ?? session.language);
	const names = await listFocalPoints(db, ring, session.sectionId, locals.locale);
	return {
		code: session.code,
		isOpen,
		names,
		lines: HELPLINES.filter(({ country }) => country === session.country),
		asked,
		concernId: crypto.randomUUID()
	};
};

function sessionBehind(door: Door): OpenSession | null {
	if (door.state === 'open') return door.open;
	return door.state === 'over' ? door.session : null;
}

/** How a page is answered that says a wish to talk did not arrive, by how the code was found. */
const STATUS = { open: 429, over: 410, not_open: 404, too_often: 429 };

export const actions: Actions = {
	/** A wish to talk reaches the focal points once, however often the form is sent; or the page says that it did not. */
	ask: async (event) => {
		const door = await knock(event);
		const read = await readForm(event, askForm);
		const session = sessionBehind(door);
		const nickname = valueOf(read.ok ? read.again() : read.form, 'nickname');
		if (session && !read.ok) {
			const error = read.form.errors['nickname'] ?? read.form.message;
			return fail(422, { nickname, error });
		}
		const { house, now } = event.locals;
		if (!session || !read.ok) return fail(STATUS[door.state], { nickname, failed: true });
		await raiseConcern(
			{ db: house.db, ring: house.ring, now },
			{
				id: read.data.concernId,
				sectionId: session.sectionId,
				sessionId: session.sessionId,
				nickname: read.data.nickname || null
			}
		);
		noteAsked(event);
		redirect(303, `/s/${encodeURIComponent(event.params.code)}/help`);
	},
	/** Whoever takes the tablet next finds no ballot on it. */
	leave: (event) => {
		forgetBallot(event);
		redirect(303, '/s');
	}
};
