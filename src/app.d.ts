import type { IncomingMessage } from 'node:http';
import type { StaffActor } from '#lib/platform/access/actor.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { DatabaseFault } from '#lib/platform/db/faults.ts';
import type { Read } from './reading.server.ts';
import type { Wording } from '#lib/features/wording/types.ts';
import type { KeptForm, Typed } from '#lib/platform/forms/kept.server.ts';
import type { Services } from '#lib/platform/services.server.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** Named in the log, so that a report can be matched to what happened. */
			id?: string;
			/** What was typed into a form that could not be saved: sent again by a button of the page. */
			typed?: Typed;
		}
		interface Locals {
			services: Services;
			/** Names the request in the log. */
			requestId: string;
			now: number;
			/** What the page is drawn in; a load that knows better may change it before. */
			locale: Locale;
			/** What a child's page says in a section's own words, and which languages it offers; set once the section is known. */
			wording: Wording | undefined;
			/** null when nobody is logged in. */
			actor: StaffActor | null;
			/** What queries and commands of a section take; absent for the network and the anonymous. */
			ctx: Context | undefined;
			/** Computes heavy figures (`reads.server.ts`) for whoever asks, beside the thread that serves everybody. */
			read: Read;
			/** A form typed before the login ended, given back to the same account. */
			kept: KeptForm | undefined;
			/** What a form of this request came with, but for passwords and files. */
			typed: Typed | undefined;
			/** Why the database did not do what this request asked of it. */
			fault: DatabaseFault | null;
			/** The asker has used up the time's share, at a page that answers all the same. */
			isOverLimit: boolean;
			/** Id of the kept form this request sends again; forgotten when it succeeds. */
			sentAgain: string | undefined;
		}
		/** What the server under SvelteKit hands over; absent in `vite dev`. */
		interface Platform {
			req: IncomingMessage;
		}
	}
}

export {};
