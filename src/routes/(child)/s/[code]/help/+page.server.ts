import { fail, redirect } from '@sveltejs/kit';
import { readBallot } from '#lib/features/feedback/answering.server.ts';
import { askForm } from '#lib/features/feedback/forms.ts';
import { raiseConcern } from '#lib/features/safeguarding/commands.server.ts';
import { HELPLINES } from '#lib/features/safeguarding/helplines.ts';
import { listFocalPoints } from '#lib/features/staff/queries.server.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { valueOf } from '#lib/platform/forms/view.ts';
import type { OpenSession } from '#lib/features/feedback/types.ts';
import { knock, speak, type Door } from '../../door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who can help: to whom a code is or was open today people of this place, to anyone at least every number we know. */
export const load: PageServerLoad = async (event) => {
	const { params, url, locals } = event;
	const door = await knock(event);
	const session = sessionBehind(door);
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
		asked: url.searchParams.has('asked') && names.length > 0,
		concernId: crypto.randomUUID()
	};
};

function sessionBehind(door: Door): OpenSession | null {
	if (door.state === 'open') return door.open;
	return door.state === 'over' ? door.session : null;
}

export const actions: Actions = {
	/** A wish to talk reaches the focal points once, however often the form is sent. */
	ask: async (event) => {
		const session = sessionBehind(await knock(event));
		const here = `/s/${encodeURIComponent(event.params.code)}/help`;
		if (!session) redirect(303, here);
		const read = await readForm(event, askForm);
		if (!read.ok)
			return fail(422, {
				nickname: valueOf(read.form, 'nickname'),
				error: read.form.errors['nickname'] ?? read.form.message
			});
		const { house, now } = event.locals;
		await raiseConcern(
			{ db: house.db, ring: house.ring, now },
			{
				id: read.data.concernId,
				sectionId: session.sectionId,
				sessionId: session.sessionId,
				nickname: read.data.nickname || null
			}
		);
		redirect(303, `${here}?asked`);
	}
};
