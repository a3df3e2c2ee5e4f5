import { redirect } from '@sveltejs/kit';
import { COOKIE, endLogin } from '#lib/platform/login/sessions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/login');

export const actions: Actions = {
	/** Ends the login on the server and clears what the browser keeps. */
	default: async ({ cookies, locals, setHeaders }) => {
		const token = cookies.get(COOKIE);
		if (token) await endLogin(locals.house.db, token, locals.now);
		cookies.delete(COOKIE, { path: '/' });
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		redirect(303, '/login');
	}
};
