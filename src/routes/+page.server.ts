import { redirect } from '@sveltejs/kit';
import { homeOf } from '#lib/platform/access/home.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

/** `/` leads everybody to the page that says what needs doing now. */
export const load: PageServerLoad = ({ locals }) => redirect(303, homeOf(actorOf(locals)));
