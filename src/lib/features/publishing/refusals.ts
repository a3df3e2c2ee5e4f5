import { m } from '#lib/paraglide/messages.js';
import { beside, gone, type Refusals } from '#lib/platform/forms/refusals.ts';
import type { PublishRefusal } from './commands.server.ts';

export const PUBLISH_REFUSALS: Refusals<PublishRefusal> = {
	not_found: gone,
	published: m.publish_refused_published,
	later_published: m.publish_refused_later,
	not_begun: m.publish_refused_not_begun,
	no_layout: beside('layout', m.form_choose)
};
