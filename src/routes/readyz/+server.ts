import { isReady } from '#lib/platform/ready.server.ts';
import type { RequestHandler } from './$types';

/** Database, schema, keys and disk are in order; what is not goes to the log, not to the asker. */
export const GET: RequestHandler = async ({ locals }) =>
	(await isReady(locals.services))
		? new Response('ready\n')
		: new Response('not ready\n', { status: 503 });
