import { redirect } from '@sveltejs/kit';
import { cookieName, endLogin } from '#lib/platform/login/sessions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/login');

export const actions: Actions = {
	/** Ends the login on the server and clears what the browser keeps. */
	default: async ({ cookies, locals, setHeaders }) => {
		const name = cookieName(locals.services.config.origin);
		const token = cookies.get(name);
		if (token) await endLogin(locals.services.db, token, locals.now);
		cookies.delete(name, { path: '/', secure: name.startsWith('__Host-') });
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		redirect(303, '/login');
	}
};
