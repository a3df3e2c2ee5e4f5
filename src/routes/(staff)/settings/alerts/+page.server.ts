import {
	accountResponderForm,
	contactResponderForm,
	responderChoice,
	testForm
} from '#lib/features/alerts/forms.ts';
import { RESPONDER_REFUSALS, TEST_REFUSALS } from '#lib/features/alerts/refusals.ts';
import {
	nameAccount,
	nameContact,
	removeResponder
} from '#lib/features/alerts/responders.commands.server.ts';
import {
	countFailing,
	findShownTest,
	listReached,
	listResponders
} from '#lib/features/alerts/responders.queries.server.ts';
import { channelsOf, linkTo } from '#lib/features/alerts/sending.commands.server.ts';
import { sendTest } from '#lib/features/alerts/test-alerts.commands.server.ts';
import { alertWords } from '#lib/features/alerts/words.ts';
import { getSection, listCentres } from '#lib/features/centres/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { commandAction } from '#lib/platform/forms/action.server.ts';
import { openForm } from '#lib/platform/forms/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const PAGE = '/settings/alerts';

export const load: PageServerLoad = async (event) => {
	const { locale, services } = event.locals;
	const ctx = ctxOf(event.locals);
	const section = await getSection(ctx, locale);
	const channels = channelsOf(services.config);
	const shown = section.isExample ? await findShownTest(ctx) : undefined;
	return {
		reached: (await listReached(ctx, locale)).map(({ confirmedAt, ...who }) => ({
			...who,
			confirmedOn: confirmedAt === null ? null : dateIn(section.zone, confirmedAt)
		})),
		responders: (await listResponders(ctx, locale)).map((one) => ({
			...one,
			once: crypto.randomUUID()
		})),
		centres: (await listCentres(ctx, locale)).map(({ id, name }) => ({ id, name })),
		failing: await countFailing(ctx),
		canSend: section.isExample || channels.length > 0,
		shown: shown ? shownTest(event, shown.id) : null,
		test: openForm(event),
		account: openForm(event, { step: 'deputy' }),
		contact: openForm(event, { step: 'outside', locale })
	};
};

/** What the reader would have got of a test, where nothing is sent. */
function shownTest({ locals }: Pick<RequestEvent, 'locals'>, id: string) {
	const link = linkTo(locals.services.config.origin, 'test', id);
	const { text } = alertWords('test', link, locals.locale);
	return { text, path: `${PAGE}/${id}` };
}

export const actions: Actions = {
	test: commandAction({
		form: testForm,
		as: 'test',
		run: (ctx, { once, event }) =>
			sendTest(ctx, { once, channels: channelsOf(event.locals.services.config) }),
		refused: TEST_REFUSALS,
		to: () => `${PAGE}?done=alert_test`
	}),
	nameAccount: commandAction({
		form: accountResponderForm,
		as: 'account',
		run: (ctx, { data, once }) => nameAccount(ctx, data, once),
		refused: RESPONDER_REFUSALS,
		to: () => `${PAGE}?done=responder_named`
	}),
	nameContact: commandAction({
		form: contactResponderForm,
		as: 'contact',
		run: (ctx, { data, once, event }) =>
			nameContact(ctx, data, { once, channels: channelsOf(event.locals.services.config) }),
		refused: RESPONDER_REFUSALS,
		to: () => `${PAGE}?done=responder_named`
	}),
	remove: commandAction({
		form: responderChoice,
		as: 'removed',
		run: (ctx, { data, once }) => removeResponder(ctx, data, once),
		refused: RESPONDER_REFUSALS,
		to: () => `${PAGE}?done=responder_removed`
	})
};
