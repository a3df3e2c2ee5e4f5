import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Step } from '#lib/features/feedback/types.ts';
import { childCookie } from '../cookie.ts';

const COOKIE = 'halqa_step';
const STEPS: readonly string[] = ['on', 'stop', 'offer', 'late'] satisfies Step[];
/** How long a step may be on its way to the next page, on a slow line. */
const STEP_SECONDS = 30;
/** A page stands there, and what is posted from it is its own next step. */
const HERE = 'here';
/**
 * How long, in seconds, what is posted from a page counts as its own next step, and after how long the page
 * is put away. Writing takes longer, and so does reading whom to call, which shows no answer.
 */
const STANDS = {
	page: { fresh: 120, shown: 120 },
	writing: { fresh: 600, shown: 600 },
	help: { fresh: 120, shown: 300 }
};

type Visit = Pick<RequestEvent, 'cookies' | 'locals' | 'request' | 'setHeaders'>;

/**
 * The step that led to this page, once: what the post before it said, or the post itself, whose form is shown
 * again. Null for every other way in: an address, a link, a reload, *Back*, a code scanned again, a page that
 * stood too long.
 */
export function stepHere({ cookies, request }: Visit): Step | null {
	const step = cookies.get(COOKIE) ?? '';
	if (request.method === 'POST') return step ? 'on' : null;
	return STEPS.includes(step) && isFromHere({ request }) ? (step as Step) : null;
}

/**
 * Whether one of our own pages led here, and not an address typed or a code scanned: browsers tell, old ones do
 * not. A step nobody followed to its end waits for no other child.
 */
export function isFromHere({ request }: Pick<Visit, 'request'>): boolean {
	return ['same-origin', null].includes(request.headers.get('sec-fetch-site'));
}

/** Whether what is posted comes from a page that still belongs to who sees it. */
export function isFresh({ cookies }: Visit): boolean {
	return cookies.get(COOKIE) !== undefined;
}

/** Lets a page stand, as somebody's own or as nobody's; then it is put away at `next`. */
export function stand(
	visit: Visit,
	kind: keyof typeof STANDS,
	{ isOwn, next }: { isOwn: boolean; next: string }
): void {
	const { fresh, shown } = STANDS[kind];
	if (isOwn) visit.cookies.set(COOKIE, HERE, { ...own(visit), maxAge: fresh });
	else forgetStep(visit);
	visit.setHeaders({ refresh: `${shown}; url=${next}` });
}

/** Goes to a page as the next step of the one before. */
export function lead(visit: Visit, step: Step, page: string): never {
	visit.cookies.set(COOKIE, step, { ...own(visit), maxAge: STEP_SECONDS });
	redirect(303, page);
}

/** Makes what is shown belong to nobody: whatever comes next begins at the neutral screen. */
export function forgetStep(visit: Visit): void {
	if (isFresh(visit)) visit.cookies.delete(COOKIE, own(visit));
}

function own({ locals }: Visit) {
	return childCookie(locals.services.config.origin);
}
