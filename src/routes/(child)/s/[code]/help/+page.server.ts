import { fail, redirect } from '@sveltejs/kit';
import { readBallot } from '#lib/features/feedback/answering.server.ts';
import { askForm } from '#lib/features/feedback/forms.ts';
import { raiseConcern } from '#lib/features/safeguarding/commands.server.ts';
import { HELPLINES } from '#lib/features/safeguarding/helplines.ts';
import { listFocalPoints } from '#lib/features/staff/queries.server.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { valueOf } from '#lib/platform/forms/view.ts';
import { knock, speak } from '../../door.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who can help: with an open code people of this place, with any other at least every number we know. */
export const load: PageServerLoad = async (event) => {
	const { params, url, locals } = event;
	const door = await knock(event);
	if (door.state !== 'open')
		return { code: params.code, isOpen: false, names: [], lines: HELPLINES, asked: false };
	const { answering, open, ballotId } = door;
	const ballot = ballotId ? await readBallot(answering, open, ballotId) : null;
	speak(event, ballot?.language ?? open.language);
	const names = await listFocalPoints(answering.db, answering.ring, open.sectionId, locals.locale);
	return {
		code: open.code,
		isOpen: true,
		names,
		lines: HELPLINES.filter(({ country }) => country === open.country),
		asked: url.searchParams.has('asked') && names.length > 0,
		concernId: crypto.randomUUID()
	};
};

export const actions: Actions = {
	/** A wish to talk reaches the focal points once, however often the form is sent. */
	ask: async (event) => {
		const door = await knock(event);
		const here = `/s/${encodeURIComponent(event.params.code)}/help`;
		if (door.state !== 'open') redirect(303, here);
		const read = await readForm(event, askForm);
		if (!read.ok)
			return fail(422, {
				nickname: valueOf(read.form, 'nickname'),
				error: read.form.errors['nickname'] ?? read.form.message
			});
		const { sectionId, sessionId } = door.open;
		await raiseConcern(door.answering, {
			id: read.data.concernId,
			sectionId,
			sessionId,
			nickname: read.data.nickname || null
		});
		redirect(303, `${here}?asked`);
	}
};
