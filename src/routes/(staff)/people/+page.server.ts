import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { amongForm, findForm } from '#lib/features/people/forms.ts';
import { MOST_FOUND } from '#lib/features/people/search.queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { formAction } from '#lib/platform/forms/action.server.ts';
import { openForm, readQuery } from '#lib/platform/forms/form.server.ts';
import { asRows } from './rows.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { locale } = locals;
	const asked = await readQuery(url, amongForm);
	const { centre, kind, page = 1 } = asked.ok ? asked.data : {};
	const centres = await listCentres(ctxOf(locals), locale);
	const list = await locals.read('people list', { centreId: centre, kind, page });
	return {
		form: openForm(event, { centre: centre ?? '', kind: kind ?? '' }),
		centres: centres.map(({ id, name }) => ({ id, name })),
		among: { centre, kind },
		list: {
			...list,
			people: list.people && (await asRows(locals, list.people, await todayOf(locals)))
		}
	};
};

export const actions: Actions = {
	/** Posted although it changes nothing: a name belongs in no address and no log. */
	find: formAction({ form: findForm }, async ({ data, again, event: { locals } }) => {
		const { words, centre, kind } = data;
		const among = { centreId: centre, kind };
		const found = await locals.read('people found', { words, among });
		return {
			form: again(),
			found: {
				people: await asRows(locals, found.slice(0, MOST_FOUND), await todayOf(locals)),
				more: found.length > MOST_FOUND
			}
		};
	})
};

async function todayOf(locals: App.Locals) {
	return dateIn((await getSection(ctxOf(locals), locals.locale)).zone, locals.now);
}
