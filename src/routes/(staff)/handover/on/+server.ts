import { redirect } from '@sveltejs/kit';
import { ownPath } from '#lib/platform/access/home.ts';
import { actorOf } from '#lib/platform/command/who.ts';
import { findLatestKept } from '#lib/platform/forms/kept.server.ts';
import { handoverCookie } from '#lib/platform/login/handover.ts';
import type { RequestHandler } from './$types';

/**
 * Where a phone that was given leads once its receiver is logged in: to what they left half typed, else to
 * the page it came from, if that page opens to them, else to their own.
 */
export const GET: RequestHandler = async ({ cookies, fetch, locals, url }) => {
	const { db, config } = locals.services;
	const secure = config.origin.startsWith('https:');
	cookies.delete(handoverCookie(config.origin), { path: '/', secure });
	const kept = await findLatestKept(db, actorOf(locals).accountId);
	const to = kept ? kept.path : ownPath(url, url.searchParams.get('to'));
	const { ok, redirected } = await fetch(to);
	if (!ok || redirected) redirect(303, '/');
	redirect(303, kept ? `${to}?${new URLSearchParams({ kept: kept.id })}` : to);
};
