import { fail, redirect } from '@sveltejs/kit';
import { screenOf } from '#lib/features/feedback/ballot.rules.ts';
import { asksForCare, BANDS, optionsOf, type Form } from '#lib/features/asking/bank.rules.ts';
import { choiceForm, stepForm } from '#lib/features/feedback/forms.ts';
import type { Ballot, Step } from '#lib/features/feedback/types.ts';
import { readForm } from '#lib/platform/forms/form.server.ts';
import { seenForm } from './seen.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Where somebody is who looks: all of it is in the address, and nothing is stored. */
interface Look {
	/** Which question, as in a ballot. */
	at: number;
	step: Step;
	state: Ballot['state'];
}

export const load: PageServerLoad = async (event) => {
	const form = await seenForm(event);
	const { at, step, state } = lookOf(event, form);
	const ballot: Ballot = { state, band: form.band, begun: false, at, answers: {} };
	const { wording } = event.locals;
	return {
		version: event.params.id,
		form: { band: form.band, length: form.length },
		offered: wording!.offered,
		isHelp: event.url.searchParams.has('helped'),
		query: event.url.search.slice(1),
		...{ screen: screenFor(form, ballot, step), touched: false, picture: null },
		...{ adults: [], reading: null, otherDay: null, bands: BANDS }
	};
};

/** Each leads to the screen a child would come to next. */
export const actions: Actions = {
	choose: async (event) => {
		const read = await readForm(event, choiceForm);
		const { language, band } = read.ok ? read.data : {};
		go(event, { ...(language && { words: language }), ...(band && { band, at: '' }) });
	},
	answer: async (event) => {
		const form = await seenForm(event);
		const read = await readForm(event, stepForm);
		const { at } = lookOf(event, form);
		const then = event.url.searchParams.get('then');
		if (then) return then === 'help' ? go(event, { helped: '1' }) : go(event, { step: 'stop' });
		const item = form.items[at];
		if (at < 0 || !item) return go(event, { at: String(at + 1) });
		const { answer, words } = read.ok ? read.data : {};
		if (!answer && !words) {
			const problem = optionsOf(item, form) ? ('choose' as const) : ('write' as const);
			return fail(422, { problem, item: String(item), answer: '', words: '' });
		}
		if (answer && asksForCare(item, answer)) go(event, { at: String(at + 1), step: 'offer' });
		return go(event, { at: String(at + 1) });
	},
	back: async (event) => {
		const { at } = lookOf(event, await seenForm(event));
		go(event, { at: String(at - 1) });
	},
	send: (event) => go(event, { state: 'sent' }),
	withdraw: (event) => go(event, { state: 'withdrawn' }),
	stop: (event) => go(event, { step: 'stop' }),
	help: (event) => go(event, { helped: '1' }),
	goOn: (event) => go(event, {}),
	another: (event) => go(event, { at: '' })
};

/** A look at the form a code would ask: the screens know no difference. */
function screenFor(form: Form, ballot: Ballot, step: Step) {
	const { band, length } = form;
	const asked =
		form.askedId === null
			? null
			: {
					...{ id: form.askedId, number: form.version, questions: form.own },
					forms: { [`${length} ${band}`]: form.items }
				};
	return screenOf({ length, asksWords: true, asked }, ballot, step);
}

function lookOf({ url }: Pick<RequestEvent, 'url'>, form: Form): Look {
	const first = form.band === '14-17' || form.band === 'adult' ? -1 : 0;
	const typed = Number(url.searchParams.get('at') || first);
	const at = Number.isInteger(typed) ? Math.min(Math.max(typed, first), form.items.length) : first;
	const step = (['stop', 'offer'] as const).find((one) => one === url.searchParams.get('step'));
	const state = (['sent', 'withdrawn'] as const).find(
		(one) => one === url.searchParams.get('state')
	);
	return { at, step: step ?? 'on', state: state ?? 'new' };
}

/** To another screen of the same form: what is not named of band, length, words and place stays. */
function go({ url, params }: RequestEvent, to: Record<string, string>): never {
	const query = new URLSearchParams();
	for (const name of ['band', 'length', 'words', 'at']) {
		const value = to[name] ?? url.searchParams.get(name) ?? '';
		if (value) query.set(name, value);
	}
	for (const name of ['step', 'state', 'helped']) if (to[name]) query.set(name, to[name]);
	redirect(303, `/asked/${params.id}?${query}`);
}
